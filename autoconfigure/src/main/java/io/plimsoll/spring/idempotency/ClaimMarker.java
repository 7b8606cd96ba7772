package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.OutcomeUnknownException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Lets a transaction under a lease commit only if the claim is still held, where the claim is a row of the same database:
 * a holder that was paused for longer than its lease, and given up, changes nothing any more when it wakes up.
 *
 * <p>The row is marked in the transaction itself, so that it tells whether anything was committed. Holds for every Spring
 * transaction on the thread of the call that may write, woven or not.
 */
final class ClaimMarker implements TransactionExecutionListener {

    private final Engine engine;

    ClaimMarker(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        JdbcIdempotencyStore store = mayWrite(transaction) && isUnderLease() ? engine.markingStore() : null;
        if (store == null || !engine.source().isInTransaction()) {
            return;
        }
        for (Call call = Call.current(); call != null; call = call.outer()) {
            Lease lease = call.lease();
            if (lease != null && !mark(store, lease)) {
                throw new OutcomeUnknownException(call.methodName());
            }
        }
    }

    /** Whoever takes a claim away updates its row: under REPEATABLE READ that is a conflict, not a row less. */
    private static boolean mark(JdbcIdempotencyStore store, Lease lease) {
        try {
            return store.mark(lease.id(), lease.owner());
        } catch (ConcurrencyFailureException e) {
            return false;
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
        if (mayWrite(transaction)) {
            for (Call call = Call.current(); call != null; call = call.outer()) {
                Lease lease = call.lease();
                if (lease != null) {
                    lease.committed();
                }
            }
        }
    }

    private static boolean mayWrite(TransactionExecution transaction) {
        return transaction.isNewTransaction() && !transaction.isReadOnly();
    }

    private static boolean isUnderLease() {
        for (Call call = Call.current(); call != null; call = call.outer()) {
            if (call.lease() != null) {
                return true;
            }
        }
        return false;
    }
}
