package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.util.ClassUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** Whether a failure says that somebody stopped waiting: what was waited for may have happened, or still happen. */
final class CutOff {

    /** Of clients that need not be there, with all that extends them. */
    private static final Set<String> BY_NAME = Set.of(
            "io.lettuce.core.RedisCommandTimeoutException",
            "io.lettuce.core.RedisConnectionException",
            "io.netty.channel.unix.Errors$NativeIoException",
            "io.netty.handler.timeout.TimeoutException",
            "jakarta.persistence.QueryTimeoutException",
            "org.apache.hc.core5.http.ConnectionClosedException",
            "org.apache.hc.core5.http.NoHttpResponseException",
            "org.apache.kafka.common.errors.TimeoutException",
            "reactor.netty.http.client.PrematureCloseException",
            "redis.clients.jedis.exceptions.JedisConnectionException");

    /** Nothing was sent. */
    private static final Set<String> NOT_EVEN_BEGUN =
            Set.of("org.apache.kafka.clients.producer.BufferExhaustedException");

    /** Lettuce has no class of its own for a connection that is closed under a command; what extends it are answers. */
    private static final String REDIS_EXCEPTION = "io.lettuce.core.RedisException";

    private static final boolean WEB = isPresent("org.springframework.web.client.RestClientResponseException");
    private static final boolean WEB_CLIENT =
            isPresent("org.springframework.web.reactive.function.client.WebClientResponseException");

    private CutOff() {}

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, CutOff.class.getClassLoader());
    }

    /** Asks on the thread that the failure has come on. */
    static boolean isIn(Throwable failure) {
        // Whoever is interrupted and tells it in its own words sets the flag again.
        return Thread.currentThread().isInterrupted() || Causes.any(failure, CutOff::is);
    }

    private static boolean is(Throwable each) {
        return each instanceof TimeoutExceededException
                || each instanceof OutcomeUnknownException
                || each instanceof InterruptedException
                || each instanceof CancellationException
                || each instanceof InterruptedIOException // That of a socket, too.
                || each instanceof ClosedByInterruptException
                || each instanceof EOFException
                || isLostConnection(each)
                || (each instanceof HttpTimeoutException && !(each instanceof HttpConnectTimeoutException))
                || each instanceof TimeoutException
                || each instanceof SQLTimeoutException
                || each instanceof QueryTimeoutException
                || isByName(each.getClass())
                || (WEB && Web.saysNobodyKnows(each))
                || (WEB_CLIENT && Reactive.saysNobodyKnows(each));
    }

    /** One that was there, and has gone: also how a virtual thread that is interrupted sees its socket. */
    private static boolean isLostConnection(Throwable each) {
        return each instanceof SocketException
                && !(each instanceof ConnectException)
                && !(each instanceof NoRouteToHostException)
                && !(each instanceof BindException)
                && !String.valueOf(each.getMessage()).contains("Too many open files");
    }

    private static boolean isByName(Class<?> type) {
        if (type.getName().equals(REDIS_EXCEPTION)) {
            return true;
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (NOT_EVEN_BEGUN.contains(each.getName())) {
                return false;
            }
            if (BY_NAME.contains(each.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Somebody behind did not answer, or not whole: what an answer of 502 or 504 says. */
    static boolean saysNobodyKnows(int status) {
        return status == 502 || status == 504;
    }

    /** Where there is Spring's web. */
    private static final class Web {

        static boolean saysNobodyKnows(Throwable each) {
            if (each instanceof ErrorResponse answer) {
                return CutOff.saysNobodyKnows(answer.getStatusCode().value());
            }
            return each instanceof RestClientResponseException behind
                    && CutOff.saysNobodyKnows(behind.getStatusCode().value());
        }
    }

    /** Where there is its reactive client. */
    private static final class Reactive {

        static boolean saysNobodyKnows(Throwable each) {
            return each instanceof WebClientResponseException behind
                    && CutOff.saysNobodyKnows(behind.getStatusCode().value());
        }
    }
}
