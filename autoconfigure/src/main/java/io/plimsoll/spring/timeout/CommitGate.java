package io.plimsoll.spring.timeout;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets a transaction commit only if the budget it runs under is not spent; once it commits, nothing cancels it.
 *
 * <p>Holds for every Spring transaction on a thread under a budget, woven or not. Pending changes are flushed first: a
 * persistence context that flushes for longer than what is left would otherwise commit after the deadline.
 */
final class CommitGate implements TransactionExecutionListener {

    /** First of all that runs after a commit: {@link #afterCommit} is told only when the others are through. */
    private static final TransactionSynchronization COMMITTED = new TransactionSynchronization() {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            unshield();
        }
    };

    @Override
    public void beforeBegin(TransactionExecution transaction) {
        Budget budget = Budget.ofThread();
        if (budget != null) {
            budget.check();
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        Budget budget = Budget.ofThread();
        if (budget == null) {
            return;
        }
        if (transaction instanceof TransactionStatus status && !status.isReadOnly() && !status.isRollbackOnly()) {
            status.flush();
        }
        if (transaction.isNewTransaction()) {
            budget.shield();
            if (TransactionSynchronizationManager.isSynchronizationActive()) {
                TransactionSynchronizationManager.registerSynchronization(COMMITTED);
            }
        } else {
            budget.check();
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
        unshield();
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
        unshield();
    }

    private static void unshield() {
        Budget budget = Budget.ofThread();
        if (budget != null) {
            budget.unshield();
        }
    }
}
