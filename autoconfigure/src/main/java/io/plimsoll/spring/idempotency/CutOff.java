package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.QueryTimeoutException;

/** Whether a failure says that somebody stopped waiting: what was waited for may have happened, or still happen. */
final class CutOff {

    /** Of clients that need not be there, with all that extends them. */
    private static final Set<String> BY_NAME = Set.of(
            "io.lettuce.core.RedisCommandTimeoutException",
            "io.netty.handler.timeout.TimeoutException",
            "jakarta.persistence.QueryTimeoutException",
            "org.apache.hc.core5.http.NoHttpResponseException",
            "org.apache.kafka.common.errors.TimeoutException");

    private CutOff() {}

    /** Asks on the thread that the failure has come on. */
    static boolean isIn(Throwable failure) {
        // Whoever is interrupted and tells it in its own words sets the flag again.
        return Thread.currentThread().isInterrupted() || Causes.any(failure, CutOff::is);
    }

    private static boolean is(Throwable each) {
        return each instanceof TimeoutExceededException
                || each instanceof OutcomeUnknownException
                || each instanceof InterruptedException
                || each instanceof InterruptedIOException // That of a socket, too.
                || each instanceof ClosedByInterruptException
                || isLostConnection(each)
                || each instanceof HttpTimeoutException
                || each instanceof TimeoutException
                || each instanceof SQLTimeoutException
                || each instanceof QueryTimeoutException
                || isByName(each.getClass());
    }

    /** One that was there, and has gone: also how a virtual thread that is interrupted sees its socket. */
    private static boolean isLostConnection(Throwable each) {
        return each instanceof SocketException
                && !(each instanceof ConnectException)
                && !(each instanceof NoRouteToHostException)
                && !(each instanceof BindException);
    }

    private static boolean isByName(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (BY_NAME.contains(each.getName())) {
                return true;
            }
        }
        return false;
    }
}
