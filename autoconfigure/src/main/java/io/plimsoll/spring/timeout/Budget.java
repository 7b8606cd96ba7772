package io.plimsoll.spring.timeout;

import io.plimsoll.idempotency.IdempotencyException;
import io.plimsoll.timeout.CommitOutcomeUnknownException;
import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The budget of one call.
 *
 * <p>It is armed from its start to its end, except while a commit is under way. Whoever disarms it - a compare-and-set
 * on its cell - decides how the call ends: the owner, then it has ended in time; the watchdog, then it has timed out,
 * whatever the method returns or throws. A nested budget exists only if it ends before the one around it; so the
 * innermost is always the nearest deadline. But around what was carried to a thread there may be one that ends later, of a
 * method that may detach from it.
 *
 * <p>Confined to its thread but for what is said otherwise.
 */
final class Budget extends Deadline implements CallBudget {

    private static final CancelHandle ABOUT_TO_COMMIT =
            new UninterruptibleHandle(JdbcHandle.KIND, "a transaction that was about to commit");

    private final BudgetPolicy policy;
    private final Watchdog watchdog;
    private final long startedAt;
    private final long deadline;
    private final @Nullable Deadline around;
    private final @Nullable Budget outer;
    private final CancelStack stack;

    /** Read by the watchdog; written before the budget is put into its cell. */
    long strikeAt;

    /** Where {@link BudgetTable} keeps it. */
    AtomicReferenceArray<Budget> segment = BudgetTable.NOWHERE;

    int cell;

    /**
     * How often it was armed. Each time it takes another cell: a watchdog that found it due and was held up for the
     * whole of a commit must not take it for that, afterwards, out of the same cell.
     */
    int armings;

    private boolean shielded;

    /** Whether it was set on another thread and came here with a task. */
    private boolean carried;

    private boolean over;
    private @Nullable TimeoutExceededException exceeded;

    /** Whether a commit under it took too long and was broken off: nobody knows what became of it. */
    private boolean brokenCommit;

    /** Whether one under a budget within did, whose call has said so. */
    private boolean brokenWithin;

    /** Whether it was told that the call was cut: on the thread of the call, or elsewhere if that had returned by then. */
    private volatile int reported;

    private static final AtomicIntegerFieldUpdater<Budget> REPORTED =
            AtomicIntegerFieldUpdater.newUpdater(Budget.class, "reported");

    private volatile @Nullable CancelHandle cut;
    private volatile boolean left;

    /**
     * @param startedAt when the call began, on whatever thread
     * @param around the deadline around it on this thread: another budget, or a cap
     */
    Budget(BudgetPolicy policy, Watchdog watchdog, long startedAt, long deadline, @Nullable Deadline around) {
        this.policy = policy;
        this.watchdog = watchdog;
        this.startedAt = startedAt;
        this.deadline = deadline;
        this.strikeAt = deadline;
        this.around = around;
        this.outer = around instanceof Budget budget ? budget : null;
        this.stack = outer == null ? new CancelStack(Thread.currentThread()) : outer.stack;
    }

    /** Makes it the thread's own. Last of all at the start of a call: an error before it leaves nothing behind. */
    void enter() {
        bind(this);
    }

    /** Marks it as one that was set on another thread. */
    Budget carried() {
        carried = true;
        return this;
    }

    boolean isCarried() {
        return carried;
    }

    @Override
    protected void detachCarried() {
        if (Thread.currentThread() != owner()) {
            return;
        }
        for (Budget budget = this; budget != null; budget = budget.outer) {
            if (budget.carried && !budget.over) {
                budget.over = true;
                if (!watchdog.disarm(budget)) {
                    stack.leave(budget);
                }
            }
        }
        bind(notOver(this));
    }

    /** The innermost that still bounds the thread. */
    private static @Nullable Deadline notOver(@Nullable Deadline innermost) {
        Deadline deadline = innermost;
        while (deadline instanceof Budget budget && budget.over) {
            deadline = budget.around;
        }
        return deadline;
    }

    /**
     * Makes what bounded this thread its innermost deadline again, and ends the budgets that were carried here since.
     *
     * @param wanted null for none
     */
    static void unwind(@Nullable Deadline wanted) {
        Budget budget = ofThread();
        while (budget != null && budget != wanted && budget.carried) {
            Budget further = budget.outer;
            try {
                budget.end(null);
            } catch (TimeoutExceededException e) {
                // It was reported. Whoever waits for the work has a budget of their own.
            }
            budget = further;
        }
        if (wanted != null || bound() instanceof Terms) {
            bind(notOver(wanted));
        }
    }

    /** Takes what bounds the current thread out of sight, until {@link #unwind} brings it back. */
    static void hide() {
        bind(null);
    }

    /** What bounds the current thread: a budget, a cap from outside, or nothing. */
    static @Nullable Deadline boundOfThread() {
        return bound();
    }

    /** The innermost budget of the current thread. */
    static @Nullable Budget ofThread() {
        return bound() instanceof Budget budget ? budget : null;
    }

    /** Thread-safe. */
    CancelStack stack() {
        return stack;
    }

    Thread owner() {
        return stack.owner();
    }

    boolean endsBefore(long time) {
        return deadline - time <= 0;
    }

    /** Thread-safe. */
    @Override
    public Terms terms() {
        return new Terms(watchdog, policy, startedAt, deadline, this);
    }

    /** Thread-safe. */
    @Override
    public long remainingNanos() {
        return deadline - System.nanoTime();
    }

    /** Thread-safe. */
    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    @Override
    public <T extends @Nullable Object, E extends Exception> T call(CancelHandle handle, Work<T, E> work) throws E {
        stack.push(handle);
        try {
            // Only now: a strike that came before the push was not meant for this call, and will not come again soon.
            check(System.nanoTime(), handle.underWay() ? handle : CancelStack.OWN_CODE);
            return work.run();
        } finally {
            stack.pop();
        }
    }

    @Override
    public void watch(CancelHandle handle, BooleanSupplier done) {
        stack.watch(new InFlight(handle, done, this));
    }

    /** Whether it is that budget, or one that was started under it. Thread-safe. */
    boolean isWithin(Budget wanted) {
        for (Budget budget = this; budget != null; budget = budget.outer) {
            if (budget == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Thread-safe. Says nothing while a commit is under way: that must not be disturbed. */
    @Override
    public void check() {
        check(System.nanoTime());
    }

    void check(long now) {
        check(now, CancelStack.OWN_CODE);
    }

    private void check(long now, CancelHandle spentIn) {
        if (now - deadline >= 0) {
            if (Thread.currentThread() != owner()) {
                throw terms().exceeded(CancelStack.OWN_CODE.kind(), "another thread");
            }
            if (!shielded) {
                throw outermostSpent().exceeded(spentIn);
            }
        }
    }

    /** The call that must end first: an inner one that is spent as well ends with it. */
    private Budget outermostSpent() {
        Budget spent = this;
        for (Budget budget = outer; budget != null; budget = budget.outer) {
            if (!budget.shielded && !budget.over && System.nanoTime() - budget.deadline >= 0) {
                spent = budget;
            }
        }
        return spent;
    }

    /**
     * Takes the budget and those around it off the watchdog, because a commit begins: from now on nothing cancels it.
     *
     * @throws TimeoutExceededException if one of them is spent: nothing may be committed any more
     */
    void shield() {
        for (Budget budget = this; budget != null; budget = budget.outer) {
            if (budget.shielded || budget.over) {
                continue;
            }
            if (budget.exceeded != null || budget.deadline - System.nanoTime() <= 0 || !watchdog.disarm(budget)) {
                unshield();
                throw budget.exceeded(ABOUT_TO_COMMIT);
            }
            budget.shielded = true;
        }
    }

    /**
     * Arms what {@link #shield} disarmed. A deadline that passed during the commit is put off by a grace period, so
     * that the answer to a commit that succeeded is not turned into a timeout on its way out.
     */
    void unshield() {
        for (Budget budget = this; budget != null; budget = budget.outer) {
            if (budget.shielded) {
                budget.shielded = false;
                long now = System.nanoTime();
                budget.strikeAt = budget.deadline - now > 0 ? budget.deadline : now + watchdog.graceNanos();
                watchdog.arm(budget);
            }
        }
    }

    /**
     * Runs a commit, between {@link #shield} and {@link #unshield}, and breaks it off if it takes longer than the commit
     * timeout.
     */
    @Nullable
    Object commit(CommitHandle handle, Commit commit) throws Throwable {
        Budget guard = watchdog.startCommit(policy.method());
        guard.stack.push(handle);
        boolean committed = false;
        try {
            Object result = commit.run();
            committed = true;
            return result;
        } finally {
            guard.stack.pop();
            if (!watchdog.disarm(guard)) {
                guard.stack.leave(guard);
                if (!committed) {
                    setBrokenCommit();
                }
            }
        }
    }

    private void setBrokenCommit() {
        brokenCommit = true;
        for (Budget budget = outer; budget != null; budget = budget.outer) {
            budget.brokenWithin = true;
        }
    }

    /** A commit, as JDBC drivers have it behind reflection. */
    @FunctionalInterface
    interface Commit {

        @Nullable
        Object run() throws Throwable;
    }

    /**
     * Ends the call.
     *
     * @param failure what the method threw, if it threw
     * @throws TimeoutExceededException if the call has timed out, even if somebody inside swallowed that
     */
    void end(@Nullable Throwable failure) {
        if (over) {
            bind(notOver(bound()));
            return;
        }
        over = true;
        bind(notOver(around));
        boolean inTime = shielded || watchdog.disarm(this);
        if (!inTime) {
            stack.leave(this);
        } else if (exceeded == null && !brokenCommit && !brokenWithin) {
            return;
        }
        TimeoutExceededException exception = failureOfCall(inTime, failure);
        if (exception == null) {
            return;
        }
        if (failure != null && exception.getCause() == null && !hasCause(failure, exception)) {
            exception.initCause(failure);
        }
        if (!isOfCaller(exception) && (failure == null || !hasCause(failure, exception) || exceeded == exception)) {
            report(exception);
        }
        throw exception;
    }

    private void report(TimeoutExceededException exception) {
        if (mayReport()) {
            watchdog.report(exception);
        }
    }

    /** True once: a cut is told by whoever comes first, here or where work goes on under {@link #terms}. Thread-safe. */
    boolean mayReport() {
        return REPORTED.compareAndSet(this, 0, 1);
    }

    /** A call that ends together with a caller's: it is that one's to report, once. */
    private boolean isOfCaller(TimeoutExceededException exception) {
        for (Budget budget = outer; budget != null; budget = budget.outer) {
            if (!budget.over && budget.exceeded == exception) {
                return true;
            }
        }
        return false;
    }

    private @Nullable TimeoutExceededException failureOfCall(boolean inTime, @Nullable Throwable failure) {
        boolean late = !inTime || exceeded != null;
        if ((brokenCommit && (failure != null || late)) || (brokenWithin && late)) {
            // Whatever the failure says - that a rollback failed, say: Spring's hides the commit's - it does not say
            // that nothing was committed. Only who looked what became of it knows better, or says so already.
            if (failure instanceof IdempotencyException) {
                return null;
            }
            CommitOutcomeUnknownException said = commitOutcomeUnknown(failure);
            if (said != null) {
                return late ? said : null;
            }
            return new CommitOutcomeUnknownException(
                    watchdog.commitTimeout(),
                    Duration.ofNanos(policy.nanos()),
                    Duration.ofNanos(System.nanoTime() - startedAt),
                    policy.method());
        }
        if (inTime && exceeded == null) {
            return null;
        }
        CancelHandle struck = cut;
        return outermostSpent().exceeded(struck != null ? struck : CancelStack.OWN_CODE);
    }

    private static boolean hasCause(Throwable failure, Throwable wanted) {
        return cause(failure, each -> each == wanted) != null;
    }

    private static @Nullable CommitOutcomeUnknownException commitOutcomeUnknown(@Nullable Throwable failure) {
        return (CommitOutcomeUnknownException) cause(failure, CommitOutcomeUnknownException.class::isInstance);
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure, Predicate<Throwable> wanted) {
        Throwable cause = failure;
        // Causes may form a ring.
        for (int depth = 0; cause != null && depth < 100; depth++) {
            if (wanted.test(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** One exception per budget: once it was thrown inside, it is also how the call ends. */
    private TimeoutExceededException exceeded(CancelHandle current) {
        TimeoutExceededException exception = exceeded;
        if (exception == null) {
            CancelHandle struck = cut;
            CancelHandle call = struck != null ? struck : current;
            exception = terms().exceeded(call.kind(), call.activity());
            exceeded = exception;
        }
        return exception;
    }

    /** Called by the cancel thread that strikes: what it strikes first is what the call was cut in. */
    void setCut(CancelHandle struck) {
        if (cut == null) {
            cut = struck;
        }
    }

    /** Whether a budget around this one has been struck. Called under the stack's monitor. */
    boolean isCallerStruck() {
        for (Budget budget = outer; budget != null; budget = budget.outer) {
            if (!budget.over && budget.cut != null) {
                return true;
            }
        }
        return false;
    }

    /** Called under the stack's monitor. */
    void setLeft() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }
}
