package io.plimsoll.idempotency;

import java.time.Duration;

/**
 * A call with the same key is still running. Over HTTP: 409 with {@code Retry-After}, {@code idempotency_in_flight}.
 */
public final class CallInFlightException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** @param retryAfter when to ask again, at the earliest */
    public CallInFlightException(String method, Duration retryAfter) {
        super("idempotency_in_flight", method, "A call of " + method + " with the same key is still running");
        this.retryAfter = retryAfter;
    }

    /** When it makes sense to call again, at the earliest. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
