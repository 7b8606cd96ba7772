package io.plimsoll.idempotency;

/** What a call does while another call with the same key is still running. */
public enum OnDuplicate {

    /** It ends at once with {@link CallInFlightException}; over HTTP 409 and a {@code Retry-After}. */
    REJECT,

    /**
     * It waits for the outcome of the other call, up to {@link Idempotent#maxWait()}, without holding a connection. If
     * the other call fails, it runs in its place. Inside a transaction of its caller, which does hold a connection, it
     * is rejected like {@link #REJECT}.
     */
    WAIT
}
