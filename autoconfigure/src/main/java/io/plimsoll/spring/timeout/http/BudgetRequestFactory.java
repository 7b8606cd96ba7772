package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.BudgetHeader;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Makes requests that end with the budget of the thread that executes them. */
final class BudgetRequestFactory implements ClientHttpRequestFactory, InitializingBean, DisposableBean {

    private final ClientHttpRequestFactory delegate;
    private final Client client;
    private final Supplier<@Nullable BudgetHeader> header;

    BudgetRequestFactory(ClientHttpRequestFactory delegate, Supplier<@Nullable BudgetHeader> header) {
        this.delegate = delegate;
        this.client = Client.of(delegate);
        this.header = header;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        ClientHttpRequest request = delegate.createRequest(uri, method);
        // RestClient and the message converters ask for the interface before they stream.
        return request instanceof StreamingHttpOutputMessage
                ? new StreamingBudgetRequest(request, client, header)
                : new BudgetRequest(request, client, header);
    }

    @Override
    public void afterPropertiesSet() throws Exception {
        if (delegate instanceof InitializingBean bean) {
            bean.afterPropertiesSet();
        }
    }

    @Override
    public void destroy() throws Exception {
        if (delegate instanceof DisposableBean bean) {
            bean.destroy();
        }
    }
}
