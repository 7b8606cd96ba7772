package io.plimsoll.spring.timeout;

/** How to end what a thread is doing right now. Called from cancel threads, never from the thread itself. */
interface CancelHandle {

    /** Asks the work to end. Must not touch the thread once it returned. */
    void cancel(CancelStack stack) throws Exception;

    /** Ends the work by force, because a cancel a grace period ago has not ended it. */
    void abort(CancelStack stack) throws Exception;

    /** What the thread is doing, for people: {@code a JDBC statement}. Never data. */
    String activity();

    /** Whether an interrupt does no harm to this work. If not, a pending one of ours is held back while it runs. */
    boolean toleratesInterrupt();
}
