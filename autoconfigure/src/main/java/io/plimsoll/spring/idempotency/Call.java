package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: what its two halves tell each other. Confined to its thread.
 *
 * <p>An attempt ends without a decision if another call holds the key, or if the database asks to begin again; then
 * {@link #nextAttempt} makes the call as good as new.
 */
final class Call extends Idempotency {

    private final IdempotentMethod method;
    private final Identity identity;
    private final @Nullable Call outer;
    private final boolean joining;
    private State state = State.ARRIVED;
    private byte @Nullable [] outcome;
    private @Nullable Object result;
    private @Nullable Throwable failure;
    private @Nullable ResponseHead replayedHead;
    private @Nullable Lease lease;
    private boolean awaitedElsewhere;

    /** How far an attempt has come. */
    enum State {

        /** The claim has not been asked for. */
        ARRIVED,

        /** The claim is asked for. */
        CLAIMING,

        /** The method runs, or has failed. */
        RUNNING,

        /** The method has ended, and its outcome is written into the transaction. */
        RECORDED,

        /** The transaction has committed, or the outcome is on record without one. */
        COMMITTED,

        /** The transaction has certainly rolled back. */
        ROLLED_BACK,

        /** The answer is the one of an earlier call; the method has not run. */
        REPLAYED
    }

    private Call(IdempotentMethod method, Identity identity, boolean joining, @Nullable Call outer) {
        this.method = method;
        this.identity = identity;
        this.joining = joining;
        this.outer = outer;
    }

    /**
     * Begins a call on this thread; {@link #leave} ends it.
     *
     * @param joining whether the caller has a transaction, which the call may join
     */
    static Call enter(IdempotentMethod method, Identity identity, boolean joining) {
        Call call = new Call(method, identity, joining, current());
        bind(call);
        return call;
    }

    void leave() {
        bind(outer);
    }

    /** The innermost call that the thread is in. */
    static @Nullable Call current() {
        return (Call) bound();
    }

    /** What the thread holds, the innermost call's first. */
    static List<Lease> leases() {
        Call call = current();
        if (call == null) {
            return List.of();
        }
        List<Lease> leases = new ArrayList<>(1);
        for (; call != null; call = call.outer) {
            if (call.lease != null) {
                leases.add(call.lease);
            }
        }
        return leases;
    }

    /** From now on it has its claim by a lease. */
    void holding(Lease held) {
        lease = held;
        state = State.RUNNING;
    }

    @Override
    protected String deriveKey(String path) {
        byte[] key = new StableDigest()
                .add("child")
                .addBytes(identity.id().bytes())
                .add(path)
                .sum();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    @Override
    protected long fence() {
        if (lease == null) {
            throw new IllegalStateException(
                    method.name() + " is @Idempotent in TRANSACTIONAL mode, which has no fencing"
                            + " token and needs none: its claim and its work commit together. A token comes with mode ="
                            + " Mode.LEASE.");
        }
        return lease.fencingToken();
    }

    /** The call of a method that the thread is in. */
    static Call of(IdempotentMethod method) {
        Call call = current();
        if (call == null || !call.method.signature().equals(method.signature())) {
            throw new IllegalStateException(method.name()
                    + " was entered on another thread than the one that called it: something between the proxy and the"
                    + " method changes threads. @Idempotent needs one thread for a call.");
        }
        return call;
    }

    /** Whether this very call has called itself, which would wait for its own end. */
    boolean isInsideItself() {
        for (Call each = outer; each != null; each = each.outer) {
            if (each.identity.id().equals(identity.id())) {
                return true;
            }
        }
        return false;
    }

    boolean isJoining() {
        return joining;
    }

    Identity identity() {
        return identity;
    }

    State state() {
        return state;
    }

    void nextAttempt() {
        state = State.ARRIVED;
        outcome = null;
        failure = null;
    }

    void claiming() {
        state = State.CLAIMING;
    }

    void running() {
        state = State.RUNNING;
    }

    void recorded(byte[] outcome, @Nullable Object result) {
        this.outcome = outcome;
        this.result = result;
        state = State.RECORDED;
    }

    /** The method has failed, and its transaction is about to commit nevertheless. */
    void recordedFailure(byte[] outcome, Throwable failure) {
        this.outcome = outcome;
        this.failure = failure;
        state = State.RECORDED;
    }

    /** Somebody in another JVM waits for this call. */
    void awaitedElsewhere() {
        awaitedElsewhere = true;
    }

    boolean isAwaitedElsewhere() {
        return awaitedElsewhere;
    }

    void committed() {
        state = State.COMMITTED;
    }

    void rolledBack() {
        state = State.ROLLED_BACK;
    }

    void replayed(@Nullable ResponseHead head) {
        replayedHead = head;
        state = State.REPLAYED;
    }

    /** What was written into the transaction; null unless {@link State#RECORDED} was reached. */
    byte @Nullable [] outcome() {
        return outcome;
    }

    /** Whether a record is the one that this very call has written. */
    boolean hasLeft(Claim.Recorded recorded) {
        return outcome != null && Arrays.equals(outcome, recorded.outcome());
    }

    /** What the method returned, or else threw, once {@link State#RECORDED}. */
    @Nullable
    Object result() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    @Nullable
    ResponseHead replayedHead() {
        return replayedHead;
    }
}
