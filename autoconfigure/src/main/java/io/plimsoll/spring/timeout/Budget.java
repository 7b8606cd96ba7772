package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The budget of one call.
 *
 * <p>It is armed from its start to its end, except while a commit is under way. Whoever disarms it - a compare-and-set
 * on its cell - decides how the call ends: the owner, then it has ended in time; the watchdog, then it has timed out,
 * whatever the method returns or throws. A nested budget exists only if it ends before the one around it; so the
 * innermost is always the nearest deadline.
 *
 * <p>Confined to its thread but for what is said otherwise.
 */
final class Budget extends Deadline {

    private final BudgetPolicy policy;
    private final Watchdog watchdog;
    private final long startedAt;
    private final long deadline;
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
    private @Nullable TimeoutExceededException exceeded;
    private volatile @Nullable String activity;
    private volatile boolean left;

    Budget(BudgetPolicy policy, Watchdog watchdog, long now, @Nullable Budget outer) {
        this.policy = policy;
        this.watchdog = watchdog;
        this.startedAt = now;
        this.deadline = now + policy.nanos();
        this.strikeAt = deadline;
        this.outer = outer;
        this.stack = outer == null ? new CancelStack(Thread.currentThread()) : outer.stack;
    }

    /** Makes it the thread's own. Last of all at the start of a call: an error before it leaves nothing behind. */
    void enter() {
        bind(this);
    }

    /** The innermost budget of the current thread. */
    static @Nullable Budget ofThread() {
        return (Budget) bound();
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
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** Thread-safe. Says nothing while a commit is under way: that must not be disturbed. */
    @Override
    public void check() {
        check(System.nanoTime());
    }

    void check(long now) {
        if (now - deadline >= 0) {
            if (Thread.currentThread() != owner()) {
                throw newException("another thread");
            }
            if (!shielded) {
                throw outermostSpent().exceeded(CancelStack.OWN_CODE.activity());
            }
        }
    }

    /** The call that must end first: an inner one that is spent as well ends with it. */
    private Budget outermostSpent() {
        Budget spent = this;
        for (Budget budget = outer; budget != null; budget = budget.outer) {
            if (System.nanoTime() - budget.deadline >= 0) {
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
            if (budget.shielded) {
                continue;
            }
            if (budget.exceeded != null || budget.deadline - System.nanoTime() <= 0 || !watchdog.disarm(budget)) {
                unshield();
                throw budget.exceeded("a transaction that was about to commit");
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
     * Ends the call.
     *
     * @param failure what the method threw, if it threw
     * @throws TimeoutExceededException if the call has timed out, even if somebody inside swallowed that
     */
    void end(@Nullable Throwable failure) {
        bind(outer);
        boolean inTime = shielded || watchdog.disarm(this);
        if (!inTime) {
            stack.leave(this);
        } else if (exceeded == null) {
            return;
        }
        TimeoutExceededException exception = exceeded(CancelStack.OWN_CODE.activity());
        if (failure != null && exception.getCause() == null && !hasCause(failure, exception)) {
            exception.initCause(failure);
        }
        throw exception;
    }

    private static boolean hasCause(Throwable failure, Throwable wanted) {
        Throwable cause = failure;
        // Causes may form a ring.
        for (int depth = 0; cause != null && depth < 100; depth++) {
            if (cause == wanted) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** One exception per budget: once it was thrown inside, it is also how the call ends. */
    private TimeoutExceededException exceeded(String currentActivity) {
        TimeoutExceededException exception = exceeded;
        if (exception == null) {
            String cut = activity;
            exception = newException(cut != null ? cut : currentActivity);
            exceeded = exception;
        }
        return exception;
    }

    private TimeoutExceededException newException(String currentActivity) {
        return new TimeoutExceededException(
                Duration.ofNanos(policy.nanos()),
                Duration.ofNanos(System.nanoTime() - startedAt),
                policy.method(),
                currentActivity);
    }

    /** Called by the cancel thread that strikes first. */
    void setActivity(String struckActivity) {
        if (activity == null) {
            activity = struckActivity;
        }
    }

    /** Whether a budget around this one has been struck. Called under the stack's monitor. */
    boolean isCallerStruck() {
        for (Budget budget = outer; budget != null; budget = budget.outer) {
            if (budget.activity != null) {
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
