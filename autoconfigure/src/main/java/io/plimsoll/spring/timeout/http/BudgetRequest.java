package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.BudgetHeader;
import io.plimsoll.spring.timeout.CallBudget;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/** A request that the budget of the executing thread ends; without a budget it is the client's own. */
class BudgetRequest implements ClientHttpRequest {

    final ClientHttpRequest delegate;
    private final Client client;
    private final Supplier<@Nullable BudgetHeader> header;

    BudgetRequest(ClientHttpRequest delegate, Client client, Supplier<@Nullable BudgetHeader> header) {
        this.delegate = delegate;
        this.client = client;
        this.header = header;
    }

    @Override
    public final ClientHttpResponse execute() throws IOException {
        CallBudget budget = CallBudget.current();
        if (budget == null) {
            return delegate.execute();
        }
        BudgetHeader wire = header.get();
        if (wire != null) {
            wire.write(delegate.getURI(), budget.terms(), delegate.getHeaders());
        }
        Exchange exchange = new Exchange(delegate.getURI());
        Exchange.begins(exchange);
        try {
            client.prepare(delegate, exchange, budget);
            ClientHttpResponse response = budget.call(exchange, delegate::execute);
            exchange.begun();
            return new BudgetResponse(response, client, exchange);
        } finally {
            Exchange.begins(null);
        }
    }

    @Override
    public final HttpMethod getMethod() {
        return delegate.getMethod();
    }

    @Override
    public final URI getURI() {
        return delegate.getURI();
    }

    @Override
    public final Map<String, Object> getAttributes() {
        return delegate.getAttributes();
    }

    @Override
    public final HttpHeaders getHeaders() {
        return delegate.getHeaders();
    }

    @Override
    public final OutputStream getBody() throws IOException {
        return delegate.getBody();
    }
}
