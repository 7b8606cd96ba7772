package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.Recovered;
import io.plimsoll.idempotency.StoreUnavailableException;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.LeaseClaim;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@link io.plimsoll.idempotency.Mode#LEASE}: claim, run, complete. Nothing is open while the method runs.
 *
 * <p>What is not known is said to be unknown. A claim is given back only if the call has failed without a sign that it may
 * have had an effect: no transaction has committed under it, and it was not cut off while it waited for somebody.
 */
final class LeaseCalls implements CallProtocol {

    private final IdempotentMethod method;
    private final OutcomeCodec codec;
    private final CallSource source;
    private final Engine engine;

    LeaseCalls(IdempotentMethod method, OutcomeCodec codec, CallSource source, Engine engine) {
        this.method = method;
        this.codec = codec;
        this.source = source;
        this.engine = engine;
    }

    @Override
    public boolean isInTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }

    @Override
    public @Nullable Object run(Call call, Work work) throws Throwable {
        if (call.isJoining()) {
            throw new IllegalStateException(method.name()
                    + " is @Idempotent in LEASE mode and was called in a transaction: its outcome would be on record"
                    + " although that transaction may still roll back. Call it outside of the transaction, or let it join"
                    + " with mode = Mode.TRANSACTIONAL.");
        }
        Identity identity = call.identity();
        // Whoever may hold a connection must not wait: the other call may need it to end.
        boolean mayWait = engine.markingStore() == null || !engine.source().mayHoldConnection();
        Duration patience = method.onDuplicate() == OnDuplicate.WAIT && mayWait ? method.maxWait() : Duration.ZERO;
        try (Wait holder = engine.waitFor(identity.id(), patience, Mode.LEASE)) {
            return run(call, work, Owner.random(), holder);
        }
    }

    private @Nullable Object run(Call call, Work work, Owner owner, Wait holder) throws Throwable {
        Identity identity = call.identity();
        while (true) {
            LeaseClaim claim = claimed(
                    () -> engine.leases()
                            .claim(identity.id(), identity.fingerprint(), owner, method.lease(), method.ttl()),
                    () -> engine.leases().release(identity.id(), owner));
            if (claim instanceof LeaseClaim.Granted granted) {
                return execute(call, held(identity, owner, granted), work);
            }
            if (claim instanceof LeaseClaim.Recorded recorded) {
                return codec.replay(call, new Claim.Recorded(recorded.fingerprint(), recorded.outcome(), false));
            }
            if (claim instanceof LeaseClaim.Unknown unknown) {
                requireSame(identity, unknown.fingerprint());
                LeaseClaim taken = takeOver(identity, owner);
                if (taken instanceof LeaseClaim.Granted granted) {
                    Lease lease = held(identity, owner, granted);
                    return method.onLost() == OnLost.RERUN ? execute(call, lease, work) : recover(call, lease, work);
                }
            } else if (claim instanceof LeaseClaim.Running running) {
                requireSame(identity, running.fingerprint());
            }
            if (!holder.goesOn()) {
                throw new CallInFlightException(method.name(), Wait.RETRY_AFTER);
            }
        }
    }

    private void requireSame(Identity identity, Fingerprint other) {
        if (identity.fingerprint().differsFrom(other)) {
            throw new KeyReusedException(method.name());
        }
    }

    private LeaseClaim takeOver(Identity identity, Owner owner) {
        if (method.onLost() != OnLost.RERUN && method.recovery() == null) {
            throw new OutcomeUnknownException(method.name());
        }
        // What it takes over is unknown, and stays so.
        return claimed(() -> engine.leases().takeOver(identity.id(), owner, method.lease()), () -> engine.leases()
                .abandon(identity.id(), owner));
    }

    /**
     * A claim that got no answer may have been made.
     *
     * @param undo gives it back, as soon as the store answers again
     */
    private LeaseClaim claimed(Supplier<LeaseClaim> claim, BooleanSupplier undo) {
        try {
            return claim.get();
        } catch (RuntimeException e) {
            engine.keeper().settle(method, method.lease(), undo, null);
            throw e instanceof TimeoutExceededException ? e : new StoreUnavailableException(method.name(), e);
        }
    }

    private Lease held(Identity identity, Owner owner, LeaseClaim.Granted granted) {
        return new Lease(method.name(), identity.id(), owner, granted.fencingToken());
    }

    private @Nullable Object execute(Call call, Lease lease, Work work) throws Throwable {
        call.holding(lease);
        engine.keeper().keep(method, lease);
        try {
            Object result;
            try {
                result = work.proceed();
            } catch (Throwable failure) {
                failed(call, lease, failure);
                throw failure;
            }
            returned(call, lease, result);
            return result;
        } finally {
            if (!lease.isSettled()) {
                giveUp(lease); // An Error while its answer was written: it would be renewed for ever.
            }
        }
    }

    private void returned(Call call, Lease lease, @Nullable Object result) {
        ResponseHead response = source.responseHead();
        if (codec.asksToComeAgain(result, response)) {
            if (codec.saysNobodyKnows(result, response)) {
                giveUp(lease);
            } else {
                giveBack(lease);
            }
            call.rolledBack();
        } else {
            record(lease, codec.answer(lease.id(), result, response));
            call.committed();
        }
    }

    private void failed(Call call, Lease lease, Throwable failure) {
        byte[] outcome = codec.recordedFailure(lease.id(), failure);
        if (outcome != null) {
            record(lease, outcome);
        } else if (mayHaveHadEffect(lease, failure)) {
            giveUp(lease);
        } else {
            giveBack(lease);
        }
        call.rolledBack();
    }

    /** Whether a call was cut off, or cannot tell what became of what it asked for. */
    private static boolean mayHaveHadEffect(Lease lease, Throwable failure) {
        return isSpent() || CutOff.isIn(failure) || lease.hasLostCommit();
    }

    /** Whoever runs out of time is cut off in whatever it does just then. */
    private static boolean isSpent() {
        return Deadline.current().map(Deadline::remaining).map(Duration::isZero).orElse(false);
    }

    /** What has committed stays. The store may know of more than we do: of a commit whose answer was lost. */
    private void giveBack(Lease lease) {
        settle(
                lease,
                () -> (!lease.hasCommitted() && engine.leases().release(lease.id(), lease.owner()))
                        || engine.leases().abandon(lease.id(), lease.owner()));
    }

    /** What became of the call is unknown. */
    private void giveUp(Lease lease) {
        settle(lease, () -> engine.leases().abandon(lease.id(), lease.owner()));
    }

    /** @throws OutcomeUnknownException if the claim was lost meanwhile */
    private void record(Lease lease, byte[] outcome) {
        if (!settle(lease, () -> engine.leases().complete(lease.id(), lease.owner(), outcome, method.ttl()))) {
            throw new OutcomeUnknownException(method.name());
        }
    }

    /**
     * Tells the store how the call has ended. The call has ended, whatever the store does: if it does not answer now it is
     * told later. A budget that is spent does not concern it.
     *
     * @return false if the store refuses, because the claim was lost
     */
    private boolean settle(Lease lease, BooleanSupplier end) {
        lease.settling();
        engine.keeper().ending(lease);
        if (!isSpent()) {
            try {
                boolean ended = end.getAsBoolean();
                engine.keeper().release(lease);
                return ended;
            } catch (RuntimeException e) {
                engine.keeper().failed(method, e);
            } finally {
                engine.ended(lease.id());
            }
        }
        engine.keeper().settle(method, method.ttl(), end, lease);
        return true;
    }

    private @Nullable Object recover(Call call, Lease lease, Work work) throws Throwable {
        call.holding(lease);
        engine.keeper().keep(method, lease);
        Recovered<?> recovered;
        try {
            recovered = work.recover();
        } catch (Throwable failure) {
            giveUp(lease);
            throw new OutcomeUnknownException(method.name(), failure);
        }
        return switch (recovered.state()) {
            case ANSWERED -> {
                record(lease, codec.answer(lease.id(), recovered.answer(), null));
                call.replayed(null);
                yield recovered.answer();
            }
            case NOT_EXECUTED -> execute(call, lease, work);
            case UNKNOWN -> {
                giveUp(lease);
                throw new OutcomeUnknownException(method.name());
            }
        };
    }
}
