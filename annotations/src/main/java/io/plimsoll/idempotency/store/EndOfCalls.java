package io.plimsoll.idempotency.store;

/**
 * What an {@link IdempotencyStore} implements as well if it can tell that a running call has ended, so that those who wait
 * for it need not ask again and again. It may miss an end, and it may cry wolf: who waits looks for itself. Thread-safe.
 */
public interface EndOfCalls {

    /**
     * Begins to watch a call that may be running.
     *
     * @param ended told, on any thread, when the call has been completed, released or abandoned in any process, and at once
     *     if it is not running any more; must not block
     * @return ends the watch
     */
    AutoCloseable watch(RecordId id, Runnable ended);
}
