package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

/** Whether a failure says that somebody stopped waiting: what was waited for may have happened, or still happen. */
final class CutOff {

    private CutOff() {}

    static boolean isIn(Throwable failure) {
        for (Throwable each = failure; each != null; each = cause(each)) {
            if (each instanceof TimeoutExceededException
                    || each instanceof OutcomeUnknownException
                    || each instanceof InterruptedException
                    || each instanceof InterruptedIOException // That of a socket, too.
                    || each instanceof HttpTimeoutException
                    || each instanceof TimeoutException
                    || each instanceof QueryTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable cause(Throwable failure) {
        return failure.getCause() == failure ? null : failure.getCause();
    }
}
