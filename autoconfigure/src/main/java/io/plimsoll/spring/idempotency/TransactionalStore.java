package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import java.time.Duration;

/**
 * Where claims and outcomes are kept. Thread-safe. Every method throws a {@link
 * org.springframework.dao.DataAccessException} if the database does not do what it is told.
 */
interface TransactionalStore {

    /**
     * Claims a key in the running transaction, without waiting for another call.
     *
     * <p>If the claim is granted, no other call gets one for this key before the transaction has ended; if it rolls
     * back, the claim was never there.
     *
     * @param ttl from now on, how long the record is kept
     */
    Claim claim(RecordId id, Fingerprint fingerprint, Duration ttl);

    /**
     * Records the outcome of a granted claim, in the transaction that holds it.
     *
     * @param awaited run if somebody in another JVM waits for that transaction to commit
     * @return false if the claim is gone: rolled back to a savepoint, or deleted by hand
     */
    boolean record(RecordId id, byte[] outcome, Runnable awaited);

    /**
     * Records the outcome of a call that has been rolled back, in a transaction of its own, unless another call has the key
     * by now.
     *
     * @return whether it was recorded
     */
    boolean recordApart(RecordId id, Fingerprint fingerprint, byte[] outcome, Duration ttl);

    /**
     * Whether the call that is running with this key came with another payload. On a connection of its own; the thread
     * holds none. If no call is running any more the answer is no.
     */
    boolean isRunningWithOther(RecordId id, Fingerprint fingerprint);

    /**
     * What became of a call whose commit broke off. On a connection of its own.
     *
     * @return {@link Claim.Granted} if it has left nothing and never will, {@link Claim.InFlight} if the database may
     *     still be committing it
     */
    Claim resolve(RecordId id);

    /**
     * Deletes records whose time is over, and no others. On a connection of its own.
     *
     * @param limit how many at most
     * @return how many
     */
    int deleteExpired(int limit);

    /**
     * Looks whether the tables are there.
     *
     * @throws org.springframework.jdbc.BadSqlGrammarException if they are not
     */
    void verify();
}
