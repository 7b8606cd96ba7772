package io.plimsoll.spring.timeout.http;

import java.lang.reflect.Field;
import java.net.HttpURLConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The connection behind a request of {@link SimpleClientHttpRequestFactory}, which nothing but its private field leads
 * to. Where a later Spring has no such field, an interrupt has to do.
 */
final class SimpleConnection {

    /** So that it is the budget that cuts where it can, and not a read timeout that nobody set. */
    private static final int AFTER_THE_BUDGET = 100;

    private static final @Nullable Field CONNECTION = find();

    private SimpleConnection() {}

    private static @Nullable Field find() {
        String request = "org.springframework.http.client.SimpleClientHttpRequest";
        ClassLoader loader = SimpleClientHttpRequestFactory.class.getClassLoader();
        if (!ClassUtils.isPresent(request, loader)) {
            return null;
        }
        Field field = ReflectionUtils.findField(
                ClassUtils.resolveClassName(request, loader), "connection", HttpURLConnection.class);
        if (field != null) {
            field.setAccessible(true);
        }
        return field;
    }

    /** A stall in the body is noticed by no one else than the read timeout, so that becomes what is left now. */
    static void prepare(ClientHttpRequest request, Exchange exchange, long remainingNanos) {
        if (CONNECTION == null || !CONNECTION.getDeclaringClass().isInstance(request)) {
            return;
        }
        HttpURLConnection connection = (HttpURLConnection) ReflectionUtils.getField(CONNECTION, request);
        if (connection == null) {
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, remainingNanos)) + AFTER_THE_BUDGET;
        int left = (int) Math.min(Integer.MAX_VALUE, millis);
        connection.setReadTimeout(shorter(connection.getReadTimeout(), left));
        connection.setConnectTimeout(shorter(connection.getConnectTimeout(), left));
        exchange.endWith(connection::disconnect);
    }

    /** Zero is for ever. */
    private static int shorter(int timeout, int left) {
        return timeout == 0 ? left : Math.min(timeout, left);
    }
}
