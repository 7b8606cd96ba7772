package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.CallBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response whose head and body are waited for under the budget of the thread that reads them. Some clients answer
 * before the head has come.
 */
final class BudgetResponse implements ClientHttpResponse {

    private final ClientHttpResponse delegate;
    private final Client client;
    private final Exchange exchange;
    private @Nullable InputStream body;

    BudgetResponse(ClientHttpResponse delegate, Client client, Exchange exchange) {
        this.delegate = delegate;
        this.client = client;
        this.exchange = exchange;
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return within(delegate::getStatusCode);
    }

    @Override
    public String getStatusText() throws IOException {
        return within(delegate::getStatusText);
    }

    @Override
    public HttpHeaders getHeaders() {
        try {
            return within(delegate::getHeaders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream getBody() throws IOException {
        if (body == null) {
            InputStream all = within(delegate::getBody);
            client.headReceived(exchange, all);
            body = new BudgetBody(all, exchange);
        }
        return body;
    }

    @Override
    public void close() {
        try {
            exchange.close(delegate::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T within(CallBudget.Work<T, IOException> work) throws IOException {
        CallBudget budget = CallBudget.current();
        return budget == null ? work.run() : budget.call(exchange, work);
    }
}
