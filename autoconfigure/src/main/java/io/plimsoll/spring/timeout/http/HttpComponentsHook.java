package io.plimsoll.spring.timeout.http;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;

/**
 * Apache HttpComponents 5: blocking sockets, which no interrupt ends on a platform thread. Cancelling the request does,
 * be it waiting for a pooled connection, for the head or for the body; its connection is closed and leaves the pool.
 */
final class HttpComponentsHook implements ExecChainHandler {

    private HttpComponentsHook() {}

    static ClientHttpRequestFactoryBuilder<?> into(ClientHttpRequestFactoryBuilder<?> builder) {
        return builder instanceof HttpComponentsClientHttpRequestFactoryBuilder components
                ? components.withHttpClientCustomizer(HttpComponentsHook::register)
                : builder;
    }

    private static void register(HttpClientBuilder client) {
        client.addExecInterceptorFirst("plimsoll", new HttpComponentsHook());
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Exchange exchange = Exchange.beginning();
        if (exchange != null && scope.originalRequest instanceof Cancellable cancellable) {
            exchange.endWith(cancellable::cancel);
        }
        return chain.proceed(request, scope);
    }
}
