package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A budget without its thread. Thread-safe. */
final class Terms extends Deadline implements BudgetTerms {

    private final Watchdog watchdog;
    private final BudgetPolicy policy;
    private final long startedAt;
    private final long deadline;
    private final Kind kind;

    /** The budget whose these are; null if there is none behind them. */
    private final @Nullable Budget origin;

    private volatile @Nullable InFlight inFlight;
    private final AtomicBoolean reported = new AtomicBoolean();

    private enum Kind {

        /** Of a budget. */
        BUDGET,

        /** Of somebody outside. */
        CAP,

        /** Of somebody outside, and come to its thread with a task. */
        CARRIED_CAP
    }

    Terms(Watchdog watchdog, BudgetPolicy policy, long startedAt, long deadline) {
        this(watchdog, policy, startedAt, deadline, null);
    }

    Terms(Watchdog watchdog, BudgetPolicy policy, long startedAt, long deadline, @Nullable Budget origin) {
        this(watchdog, policy, startedAt, deadline, Kind.BUDGET, origin);
    }

    private Terms(
            Watchdog watchdog, BudgetPolicy policy, long startedAt, long deadline, Kind kind, @Nullable Budget origin) {
        this.watchdog = watchdog;
        this.policy = policy;
        this.startedAt = startedAt;
        this.deadline = deadline;
        this.kind = kind;
        this.origin = origin;
    }

    /** Of somebody outside who stops waiting: no budget, but budgets that are started under it end no later. */
    static Terms cap(Watchdog watchdog, BudgetPolicy policy, long startedAt, long deadline) {
        return new Terms(watchdog, policy, startedAt, deadline, Kind.CAP, null);
    }

    /** The same cap for another thread, which may leave it. */
    Terms carriedCap() {
        return new Terms(watchdog, policy, startedAt, deadline, Kind.CARRIED_CAP, null);
    }

    @Override
    protected void detachCarried() {
        if (kind == Kind.CARRIED_CAP) {
            bind(null);
        }
    }

    /** True once: see {@link Budget#mayReport}. */
    boolean mayReport() {
        return origin == null ? reported.compareAndSet(false, true) : origin.mayReport();
    }

    boolean isCap() {
        return kind != Kind.BUDGET;
    }

    /** Those of a budget that ends with the cap; a budget's are returned as they are. */
    Terms ofBudget() {
        return isCap() ? new Terms(watchdog, policy, startedAt, deadline) : this;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    BudgetPolicy policy() {
        return policy;
    }

    long startedAt() {
        return startedAt;
    }

    long deadline() {
        return deadline;
    }

    /**
     * Makes it the thread's deadline without anybody watching over it: budgets that are started on the thread meanwhile end
     * no later.
     *
     * @return what was there before, for {@link #unbindCap}
     */
    @Nullable
    Deadline bindAsCap() {
        Deadline before = bound();
        bind(this);
        return before;
    }

    static void unbindCap(@Nullable Deadline before) {
        bind(before);
    }

    boolean endsBefore(long time) {
        return deadline - time <= 0;
    }

    @Override
    public long remainingNanos() {
        return deadline - System.nanoTime();
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    @Override
    public void check() {
        if (remainingNanos() <= 0) {
            throw exceeded(CancelStack.OWN_CODE.kind(), CancelStack.OWN_CODE.activity());
        }
    }

    @Override
    public void watch(CancelHandle handle, BooleanSupplier done) {
        inFlight = new InFlight(handle, done, null);
    }

    /** The failure of work that went on after its method had returned; names the call that was under way. */
    TimeoutExceededException expired() {
        CancelHandle call = InFlight.handleOf(inFlight);
        return call == null
                ? exceeded("async", "work that goes on after the method has returned")
                : exceeded(call.kind(), call.activity());
    }

    @Override
    public TimeoutExceededException exceeded(String kind, String activity) {
        return new TimeoutExceededException(
                Duration.ofNanos(policy.nanos()),
                Duration.ofNanos(System.nanoTime() - startedAt),
                policy.method(),
                kind,
                activity);
    }
}
