package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.spring.jdbc.OwnTransaction;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The inner half: claims the key in the transaction of the work, runs the method, records its outcome in that same
 * transaction. Where no transaction is open it opens one around the three.
 */
final class ClaimInterceptor implements MethodInterceptor {

    private final IdempotentMethod method;
    private final OutcomeCodec codec;
    private final CallSource source;
    private final Engine engine;

    ClaimInterceptor(IdempotentMethod method, OutcomeCodec codec, CallSource source, Engine engine) {
        this.method = method;
        this.codec = codec;
        this.source = source;
        this.engine = engine;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        return run(invocation::proceed);
    }

    @Nullable
    Object run(Body work) throws Throwable {
        Call call = Call.of(method);
        return engine.source().isInTransaction()
                ? claimAndRun(call, work, null)
                : OwnTransaction.run(engine.source(), method.name(), status -> claimAndRun(call, work, status));
    }

    private @Nullable Object claimAndRun(Call call, Body work, @Nullable TransactionStatus own) throws Throwable {
        requireWritable();
        Identity identity = call.identity();
        call.claiming();
        if (own != null) {
            engine.source().requireTransaction();
        }
        Claim claim = engine.store().claim(identity.id(), identity.fingerprint(), method.ttl());
        if (claim instanceof Claim.InFlight) {
            throw new InFlightSignal(method);
        }
        if (claim instanceof Claim.Recorded recorded) {
            return codec.replay(call, recorded);
        }
        call.running();
        ClaimCompletion completion = new ClaimCompletion(call, method, codec, engine);
        TransactionSynchronizationManager.registerSynchronization(completion);
        try {
            Object result = work.proceed();
            record(call, completion, result, own);
            completion.over();
            return result;
        } catch (Throwable failure) {
            completion.failed(failure);
            throw failure;
        }
    }

    private void record(
            Call call, ClaimCompletion completion, @Nullable Object result, @Nullable TransactionStatus own) {
        ResponseHead response = source.responseHead();
        if (codec.asksToComeAgain(result, response) && discard(call, own)) {
            return;
        }
        if (own != null && own.isRollbackOnly()) {
            return;
        }
        byte[] outcome = codec.answer(call.identity().id(), result, response);
        boolean recorded;
        try {
            recorded = engine.store().record(call.identity().id(), outcome, call::awaitedElsewhere);
        } catch (DataAccessException e) {
            // PostgreSQL takes no statement after one that failed. The end of the transaction will tell what that
            // means.
            completion.notRecorded(e);
            return;
        }
        if (!recorded) {
            throw new IllegalStateException("The claim of a running call of " + method.name() + " is gone: its row was"
                    + " deleted, or its transaction was rolled back to a savepoint from before.");
        }
        call.recorded(outcome, result);
    }

    /**
     * Rolls the transaction back without a failure, so that the call can be repeated. One that belongs to a caller is
     * not ours to roll back; then the answer is recorded like any other.
     *
     * @return whether it will roll back
     */
    private static boolean discard(Call call, @Nullable TransactionStatus own) {
        if (own != null) {
            own.setRollbackOnly();
            return true;
        }
        if (call.isJoining()) {
            return false;
        }
        try {
            TransactionStatus declared = TransactionAspectSupport.currentTransactionStatus();
            if (declared.isNewTransaction()) {
                declared.setRollbackOnly();
                return true;
            }
        } catch (NoTransactionException e) {
            // Opened by something between the two halves that is not @Transactional.
        }
        return false;
    }

    private void requireWritable() {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException(method.name()
                    + " is @Idempotent and was called in a read-only transaction, which can record nothing. Call it"
                    + " outside of that transaction, or make that transaction writable.");
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException(method.name()
                    + " is @Idempotent and was called in a transaction without synchronization, whose end nobody is"
                    + " told. Set the transaction manager's transactionSynchronization back to its default.");
        }
    }

    @Override
    public String toString() {
        return "TRANSACTIONAL, ttl " + DurationParser.format(method.ttl());
    }
}
