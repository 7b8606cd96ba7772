package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.CallBudget;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

/**
 * How the clients below Spring let go of an exchange. Apache HttpComponents and Jetty say so themselves, through the
 * hooks of {@link HttpComponentsHook} and {@link JettyHook}.
 */
enum Client {

    /**
     * The JDK's and Reactor Netty's wait for the head in ways that an interrupt ends, cancelling the exchange. Their
     * bodies may be closed under the reader; an interrupt alone does not do before JDK 20 (JDK-8294047).
     */
    CLOSED_UNDER_THE_READER {
        @Override
        void headReceived(Exchange exchange, InputStream body) {
            exchange.endWith(() -> closeQuietly(body));
        }
    },

    /**
     * {@link java.net.HttpURLConnection}, which no interrupt ends on a platform thread: disconnecting does while the
     * head has not come, and would block behind the reader after that. There the read timeout has to do.
     */
    SIMPLE {
        @Override
        void prepare(ClientHttpRequest request, Exchange exchange, CallBudget budget) {
            SimpleConnection.prepare(request, exchange, budget.remainingNanos());
        }

        @Override
        void headReceived(Exchange exchange, InputStream body) {
            exchange.leaveToOwner();
        }
    },

    /** Others. */
    OTHER;

    static Client of(ClientHttpRequestFactory factory) {
        if (factory instanceof SimpleClientHttpRequestFactory) {
            return SIMPLE;
        }
        return factory instanceof JdkClientHttpRequestFactory || factory instanceof ReactorClientHttpRequestFactory
                ? CLOSED_UNDER_THE_READER
                : OTHER;
    }

    /** Called before the request is executed, by the thread that will. */
    void prepare(ClientHttpRequest request, Exchange exchange, CallBudget budget) {}

    /** Called when the body can be read. */
    void headReceived(Exchange exchange, InputStream body) {}

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It was to be lost anyway.
        }
    }
}
