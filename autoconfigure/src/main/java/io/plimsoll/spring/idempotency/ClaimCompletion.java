package io.plimsoll.spring.idempotency;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;

/** Sees how the transaction of a granted claim goes on after the method. */
final class ClaimCompletion implements TransactionSynchronization {

    private final Call call;
    private final IdempotentMethod method;
    private final Engine engine;
    private @Nullable Throwable failure;
    private boolean over;

    ClaimCompletion(Call call, IdempotentMethod method, Engine engine) {
        this.call = call;
        this.method = method;
        this.engine = engine;
    }

    void failed(Throwable failure) {
        this.failure = failure;
        over = true;
    }

    void over() {
        over = true;
    }

    /**
     * Called only if the transaction is about to commit. A method that has failed may have had an effect then - checked
     * exceptions and {@code noRollbackFor} commit - and a claim without an outcome would stay for ever.
     */
    @Override
    public void beforeCommit(boolean readOnly) {
        if (failure != null) {
            byte[] outcome = OutcomeCodec.failure(failure);
            // The claim may be gone: rolled back to the savepoint of a nested transaction, together with the work.
            if (engine.store().record(call.identity().id(), outcome)) {
                call.recordedFailure(outcome, failure);
            }
        }
    }

    /** Whoever suspends a transaction begins another one: REQUIRES_NEW, NOT_SUPPORTED. */
    @Override
    public void suspend() {
        if (!over) {
            engine.workEscapes(method);
        }
    }

    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED) {
            call.committed();
        } else if (status == STATUS_ROLLED_BACK) {
            call.rolledBack();
        }
    }
}
