package io.plimsoll.spring.idempotency;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronization;

/** Sees how the transaction of a granted claim goes on after the method. */
final class ClaimCompletion implements TransactionSynchronization {

    private final Call call;
    private final IdempotentMethod method;
    private final OutcomeCodec codec;
    private final Engine engine;
    private final Set<Object> savepointsWithin = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Throwable failure;
    private @Nullable DataAccessException notRecorded;
    private boolean over;
    private boolean undone;

    ClaimCompletion(Call call, IdempotentMethod method, OutcomeCodec codec, Engine engine) {
        this.call = call;
        this.method = method;
        this.codec = codec;
        this.engine = engine;
    }

    void failed(Throwable failure) {
        this.failure = failure;
        over = true;
    }

    void over() {
        over = true;
    }

    /** A transaction that rolls back needs no outcome, and one that commits must not be without: the end will tell. */
    void notRecorded(DataAccessException failure) {
        notRecorded = failure;
    }

    /**
     * Called only if the transaction is about to commit. A method that has failed may have had an effect then - checked
     * exceptions and {@code noRollbackFor} commit - and a claim without an outcome would stay for ever.
     */
    @Override
    public void beforeCommit(boolean readOnly) {
        if (undone) {
            return;
        }
        if (notRecorded != null) {
            throw notRecorded;
        }
        if (failure != null) {
            byte[] outcome = codec.failure(call.identity().id(), failure);
            // The claim may be gone: rolled back to the savepoint of a nested transaction, together with the work.
            if (engine.store().record(call.identity().id(), outcome, call::awaitedElsewhere)) {
                call.recordedFailure(outcome, failure);
            }
        }
    }

    @Override
    public void savepoint(Object savepoint) {
        savepointsWithin.add(savepoint);
    }

    /** A savepoint from before the claim takes it back, while the transaction goes on: NESTED. */
    @Override
    public void savepointRollback(Object savepoint) {
        undone |= !savepointsWithin.contains(savepoint);
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
