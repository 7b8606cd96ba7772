package io.plimsoll.spring.weaving;

/**
 * The one order in which promises wrap a method, from the outside in. Each constant says why it stands where it does;
 * the order of the constants is the order of the stages.
 */
public enum Layer {

    /** First of all: whatever the other layers do - wait, retry, load - is paid from the call's budget. */
    BUDGET(Shell.OUTER),

    /** Before the cache and every policy: a replayed call must cost no attempt, no permit and no load. */
    IDEMPOTENCY(Shell.MIDDLE),

    /** Before the policies: a hit must not count as a call of the dependency. */
    CACHED_ASIDE(Shell.MIDDLE),

    /** Around the retry: a fallback answers when the last attempt has failed, not the first. */
    FALLBACK(Shell.MIDDLE),

    /** Around the circuit breaker: an attempt that finds the circuit open is a failed attempt, and is not repeated. */
    RETRY(Shell.MIDDLE),

    /** Sees each attempt. Outside the local limits: their rejections say nothing about the dependency. */
    CIRCUIT_BREAKER(Shell.MIDDLE),

    /** Each attempt takes its own permit; an open circuit takes none. */
    RATE_LIMIT(Shell.MIDDLE),

    /** Bounds one attempt, the wait for a bulkhead permit included. */
    ATTEMPT_TIMEOUT(Shell.MIDDLE),

    /** Innermost of the policies: a permit is held only while the work really runs, never during a back-off. */
    BULKHEAD(Shell.MIDDLE),

    /** Claim and outcome in the transaction of the work: they commit together or not at all. */
    IDEMPOTENCY_CLAIM(Shell.INNER),

    /** Inside the claim: a replay invalidates nothing. */
    INVALIDATION(Shell.INNER),

    /** Next to the method: the event is its result, and a replay writes none. */
    OUTBOX(Shell.INNER);

    private final Shell shell;

    Layer(Shell shell) {
        this.shell = shell;
    }

    public Shell shell() {
        return shell;
    }
}
