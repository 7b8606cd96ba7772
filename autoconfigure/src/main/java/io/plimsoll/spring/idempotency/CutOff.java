package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.QueryTimeoutException;

/** Whether a failure says that somebody stopped waiting: what was waited for may have happened, or still happen. */
final class CutOff {

    private CutOff() {}

    static boolean isIn(Throwable failure) {
        return Causes.any(
                failure,
                each -> each instanceof TimeoutExceededException
                        || each instanceof OutcomeUnknownException
                        || each instanceof InterruptedException
                        || each instanceof InterruptedIOException // That of a socket, too.
                        || each instanceof HttpTimeoutException
                        || each instanceof TimeoutException
                        || each instanceof QueryTimeoutException);
    }
}
