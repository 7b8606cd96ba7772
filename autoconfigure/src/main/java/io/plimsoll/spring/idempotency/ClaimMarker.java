package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.OutcomeUnknownException;
import java.sql.SQLException;
import java.util.List;
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
        List<Lease> leases = mayWrite(transaction) ? Call.leases() : List.of();
        JdbcIdempotencyStore store = leases.isEmpty() ? null : engine.markingStore();
        if (store == null || !engine.source().isInTransaction()) {
            leases.forEach(lease -> lease.committing(transaction));
            return;
        }
        for (Lease lease : leases) {
            if (!mark(store, lease)) {
                throw new OutcomeUnknownException(lease.method());
            }
        }
    }

    /** Whoever takes a claim away updates its row: under REPEATABLE READ that is a conflict, not a row less. */
    private static boolean mark(JdbcIdempotencyStore store, Lease lease) {
        try {
            return store.mark(lease.id(), lease.owner());
        } catch (ConcurrencyFailureException e) {
            if (lease.hasCommitted() && store.isHeld(lease.id(), lease.owner())) {
                throw new ConcurrencyFailureException(
                        "A transaction of " + lease.method()
                                + " has met the mark of another one of the same call, which has"
                                + " committed since it began (REQUIRES_NEW). Under REPEATABLE READ and SERIALIZABLE it can"
                                + " not commit any more: let the inner one join, or run the outer one under READ COMMITTED.",
                        e);
            }
            if (store.isHeld(lease.id(), lease.owner())) {
                throw e; // A deadlock, say.
            }
            return false;
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
        if (!mayWrite(transaction)) {
            return;
        }
        if (commitFailure == null) {
            Call.leases().forEach(lease -> lease.committed(transaction));
        } else if (isAnswerOfDatabase(commitFailure)) {
            Call.leases().forEach(lease -> lease.notCommitted(transaction));
        } // Else nobody knows; where it has left a mark, the mark does.
    }

    private static boolean isAnswerOfDatabase(Throwable commitFailure) {
        return !ConnectionLoss.isIn(commitFailure) && Causes.any(commitFailure, SQLException.class::isInstance);
    }

    /** Also after a commit that has failed. A connection that was lost while it committed does not roll back either. */
    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
        if (rollbackFailure == null) {
            Call.leases().forEach(lease -> lease.notCommitted(transaction));
        }
    }

    private static boolean mayWrite(TransactionExecution transaction) {
        return transaction.isNewTransaction() && !transaction.isReadOnly();
    }
}
