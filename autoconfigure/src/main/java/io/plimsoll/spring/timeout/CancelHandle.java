package io.plimsoll.spring.timeout;

/**
 * How to end a call that a thread is waiting for: part of {@link CallBudget}, for those who integrate a client.
 *
 * <p>Its methods are called from other threads than the one that waits, so they must be thread-safe; they may block.
 * They must touch neither that thread nor anything it may use for other work once the call has returned: a call that is
 * given to {@link CallBudget#call} does not return while its handle is being cancelled.
 */
public interface CancelHandle {

    /** Asks the call to end, at the deadline. Failures are logged and otherwise ignored. */
    void cancel() throws Exception;

    /** Ends the call by force, because {@link #cancel()} a grace period ago has not ended it. */
    default void abort() throws Exception {
        cancel();
    }

    /**
     * What sort of call it is, as metrics show it: {@code jdbc}, {@code http}, {@code redis}. One of few words.
     */
    String kind();

    /** What the call is, for people, as in "cut in a JDBC statement". May name a host, never data. */
    String activity();

    /**
     * Whether the call has begun already, and what {@link CallBudget#call} is given now is a further portion of it: one
     * more read of a body, say. If the budget is spent before that, it was spent in this call.
     */
    default boolean underWay() {
        return false;
    }

    /**
     * Whether the waiting thread is interrupted as well. Say no where an interrupt would do harm - it closes a
     * connection that could live on, say: a pending one is then held back until the call is over.
     */
    default boolean interruptible() {
        return false;
    }
}
