package io.plimsoll.spring.timeout.http;

import java.util.concurrent.CancellationException;
import org.eclipse.jetty.client.Request;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;

/**
 * Jetty's client: an interrupt ends the wait and leaves the exchange, with its connection, to itself. Aborting the
 * request ends both.
 */
final class JettyHook {

    private JettyHook() {}

    static ClientHttpRequestFactoryBuilder<?> into(ClientHttpRequestFactoryBuilder<?> builder) {
        return builder instanceof JettyClientHttpRequestFactoryBuilder jetty
                ? jetty.withHttpClientCustomizer(
                        client -> client.getRequestListeners().addQueuedListener(JettyHook::queued))
                : builder;
    }

    /** Called by the thread that sends. */
    private static void queued(Request request) {
        Exchange exchange = Exchange.beginning();
        if (exchange != null) {
            exchange.endWith(() -> request.abort(new CancellationException("The budget is spent")));
        }
    }
}
