package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.StoreUnavailableException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/**
 * {@link io.plimsoll.idempotency.Mode#TRANSACTIONAL}, as far as it happens outside of the transaction: waits for another
 * call, and finds out what became of a commit that broke off, without holding a connection. The rest is {@link
 * ClaimInterceptor}.
 */
final class TransactionalCalls implements CallProtocol {

    private static final Log log = LogFactory.getLog(TransactionalCalls.class);

    /** How long a database that was lost while committing may take to come back and tell. */
    private static final Duration RESOLUTION = Duration.ofSeconds(5);

    /** How long claims are begun again that the database could not serialize. */
    private static final Duration RESTARTS = Duration.ofSeconds(5);

    private final IdempotentMethod method;
    private final OutcomeCodec codec;
    private final Engine engine;

    TransactionalCalls(IdempotentMethod method, OutcomeCodec codec, Engine engine) {
        this.method = method;
        this.codec = codec;
        this.engine = engine;
    }

    @Override
    public boolean isInTransaction() {
        return engine.source().mayBeInTransaction();
    }

    @Override
    public @Nullable Object run(Call call, Work work) throws Throwable {
        Duration patience = method.onDuplicate() == OnDuplicate.WAIT ? method.maxWait() : Duration.ZERO;
        try (Wait holder = engine.waitFor(call.identity().id(), patience, Mode.TRANSACTIONAL)) {
            return run(call, work, holder);
        } finally {
            ended(call);
        }
    }

    /** Whoever waits for the key may look again. */
    private void ended(Call call) {
        if (call.state() == Call.State.COMMITTED || call.state() == Call.State.ROLLED_BACK) {
            engine.ended(call.identity().id());
        }
        if (call.state() == Call.State.COMMITTED && call.isAwaitedElsewhere()) {
            engine.tellOthers(call.identity().id());
        }
    }

    private @Nullable Object run(Call call, Work work, Wait holder) throws Throwable {
        Wait restarts = new Wait(call.isJoining() ? Duration.ZERO : RESTARTS);
        while (true) {
            call.nextAttempt();
            try {
                Object result = work.proceed();
                if (call.state() == Call.State.CLAIMING) {
                    // Something between the halves has made a result of the signal, but there is none.
                    throw new CallInFlightException(method.name(), Wait.RETRY_AFTER);
                }
                return result;
            } catch (InFlightSignal signal) {
                if (!mayLookAgain(call) || !holder.goesOn()) {
                    throw new CallInFlightException(method.name(), Wait.RETRY_AFTER);
                }
            } catch (ConcurrencyFailureException failure) {
                // Under REPEATABLE READ, for one. The method has not run, so beginning again repeats nothing.
                boolean hasNotRun = call.state() == Call.State.CLAIMING || call.state() == Call.State.REPLAYED;
                if (!hasNotRun || !restarts.goesOn()) {
                    throw failure;
                }
            } catch (DataAccessException | TransactionException failure) {
                return afterFailure(call, failure);
            } catch (Throwable failure) {
                recordFailure(call, failure);
                throw failure;
            }
        }
    }

    /** A failure that is an answer outlives the work, which has been rolled back: it has a transaction of its own. */
    private void recordFailure(Call call, Throwable failure) {
        byte[] outcome = call.state() == Call.State.ROLLED_BACK && !call.isJoining()
                ? codec.recordedFailure(call.identity().id(), failure)
                : null;
        if (outcome == null) {
            return;
        }
        BooleanSupplier end = () ->
                engine.store().recordApart(call.identity().id(), call.identity().fingerprint(), outcome, method.ttl());
        if (engine.source().mayHoldConnection()) {
            engine.keeper().settle(method, method.ttl(), end, null);
            return;
        }
        try {
            if (!end.getAsBoolean()) {
                log.debug("Another call of " + method.name() + " has the key by now");
            }
        } catch (DataAccessException | TransactionException e) {
            // The next call fails in the same way, and is the next chance.
            log.warn("A failure of " + method.name() + " that is an answer could not be recorded", e);
        }
    }

    /**
     * Looks what the other call is doing, which takes a connection: not for a thread that holds one already. Such a
     * thread must not wait either, for it may hold what the other call needs.
     *
     * @throws KeyReusedException if the other call came with another payload
     */
    private boolean mayLookAgain(Call call) {
        if (call.isJoining() || engine.source().mayHoldConnection()) {
            return false;
        }
        if (isRunningWithOther(call.identity())) {
            throw new KeyReusedException(method.name());
        }
        return true;
    }

    private boolean isRunningWithOther(Identity identity) {
        try {
            return engine.store().isRunningWithOther(identity.id(), identity.fingerprint());
        } catch (DataAccessException | TransactionException failure) {
            throw new StoreUnavailableException(method.name(), failure);
        }
    }

    private @Nullable Object afterFailure(Call call, RuntimeException failure) throws Throwable {
        if (!call.isJoining() && isAtTheStore(call, failure)) {
            throw new StoreUnavailableException(method.name(), failure);
        }
        if (call.isJoining() || !mayHaveCommitted(call, failure)) {
            throw failure;
        }
        return resolve(call, failure);
    }

    /** Whether the method has not run: all that could fail is the claim, or the end of a transaction that replays. */
    private static boolean isAtTheStore(Call call, RuntimeException failure) {
        return switch (call.state()) {
            case ARRIVED -> failure instanceof CannotCreateTransactionException;
            case CLAIMING, REPLAYED -> true;
            default -> false;
        };
    }

    /** A transaction manager that rolls back after a failed commit reports a rollback, whatever the commit has done. */
    private static boolean mayHaveCommitted(Call call, RuntimeException failure) {
        return switch (call.state()) {
            case RECORDED -> true;
            case ROLLED_BACK -> call.outcome() != null && ConnectionLoss.isIn(failure);
            default -> false;
        };
    }

    private @Nullable Object resolve(Call call, RuntimeException failure) throws Throwable {
        Wait wait = new Wait(RESOLUTION);
        do {
            try {
                Claim claim = engine.store().resolve(call.identity().id());
                if (claim instanceof Claim.Granted) {
                    throw failure;
                }
                if (claim instanceof Claim.Recorded recorded) {
                    return call.hasLeft(recorded) ? call.result() : codec.replay(call, recorded);
                }
            } catch (DataAccessException | TransactionException e) {
                if (e == failure) {
                    throw e;
                }
                failure.addSuppressed(e);
            }
        } while (wait.goesOn());
        throw new OutcomeUnknownException(method.name(), failure);
    }
}
