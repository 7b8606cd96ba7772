package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One thread that finds the budgets that are spent and has them cancelled, until each has left.
 *
 * <p>It looks through the armed budgets when the earliest is due, and while any is armed at least every {@link #ROUND},
 * or less often if there are so many that a look takes long.
 * Before each look it states in {@code wakeAt} when it will look again at the latest; a budget that is armed meanwhile
 * wakes it only if it is due earlier than that. Arming is a compare-and-set followed by a volatile read, stating is a
 * volatile write followed by volatile reads, so one of the two always sees the other (Dekker). With budgets longer than
 * a round a call therefore never wakes the watchdog, and pays one cell.
 *
 * <p>Cancels can block (PostgreSQL's opens a connection), so they run on threads of their own. Only those of JDBC
 * connections block, and there are more threads than a service has connections: otherwise a server that has gone silent
 * would hold up the cancels and aborts of all others. A crowd of calls that are due at once is dealt out in {@linkplain
 * #CROWD portions}: most of them only want an interrupt, and a hand-over for each would cost more than that.
 */
final class Watchdog implements AutoCloseable {

    private static final Log log = LogFactory.getLog(Watchdog.class);
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_ROUND = TimeUnit.MILLISECONDS.toNanos(500);

    /** Looking takes at most one part in so many of the watchdog's time, however many budgets are armed. */
    private static final int SHARE = 20;

    private static final long NEVER = Long.MAX_VALUE / 4;
    private static final int CANCEL_THREADS = 256;
    private static final int CROWD = 64;

    private final BudgetTable armed = new BudgetTable();
    private final List<Strikes> struck = new ArrayList<>();

    /** Whom to strike in this round. */
    private List<Budget> targets = new ArrayList<>();

    private final long graceNanos;
    private final Duration commitTimeout;
    private final Consumer<TimeoutExceededException> reports;
    private final ThreadPoolExecutor cancels;
    private final ThreadPoolExecutor others;
    private final Thread thread;
    private volatile long wakeAt = System.nanoTime() + NEVER;
    private volatile boolean closed;

    /**
     * @param grace between a cancel that does not take and its being done by force
     * @param reports told of each call that was cut, on the thread of the call
     */
    Watchdog(Duration grace, Duration commitTimeout, Consumer<TimeoutExceededException> reports) {
        this.graceNanos = grace.toNanos();
        this.commitTimeout = commitTimeout;
        this.reports = reports;
        this.cancels = new ThreadPoolExecutor(
                CANCEL_THREADS,
                CANCEL_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemons("plimsoll-cancel-"));
        this.cancels.allowCoreThreadTimeOut(true);
        this.others = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("plimsoll-timeout-"));
        this.thread = new Thread(this::watch, "plimsoll-watchdog");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    Budget start(BudgetPolicy policy, long now, @Nullable Deadline around) {
        Budget budget = new Budget(policy, this, now, now + policy.nanos(), around);
        arm(budget);
        budget.enter();
        return budget;
    }

    /** Starts a budget that ends with the cap of the current thread. */
    Budget start(Terms cap) {
        Budget budget = new Budget(cap.policy(), this, cap.startedAt(), cap.deadline(), cap);
        arm(budget);
        budget.enter();
        return budget;
    }

    /**
     * Starts, on the current thread, the rest of a budget that was set on another one.
     *
     * @return null if the thread's own budget ends before it: that one rules
     */
    @Nullable
    Budget resume(Terms terms) {
        Deadline around = Budget.boundOfThread();
        if (around instanceof Budget outer && outer.endsBefore(terms.deadline())) {
            return null;
        }
        Budget budget = new Budget(terms.policy(), this, terms.startedAt(), terms.deadline(), around).carried();
        arm(budget);
        budget.enter();
        return budget;
    }

    /** The terms of a call on the current thread: its own, or those of a budget around it that ends before. */
    Terms terms(BudgetPolicy policy, long startedAt) {
        Terms around = terms(Budget.boundOfThread());
        return around != null && around.endsBefore(startedAt + policy.nanos())
                ? around.ofBudget()
                : new Terms(this, policy, startedAt, startedAt + policy.nanos());
    }

    /** Of a budget, or of a cap from outside. */
    static @Nullable Terms terms(@Nullable Deadline deadline) {
        return deadline instanceof Budget budget ? budget.terms() : deadline instanceof Terms cap ? cap : null;
    }

    /** Starts the time of a commit, which no budget contains. It is not the thread's own budget. */
    Budget startCommit(String method) {
        long now = System.nanoTime();
        BudgetPolicy policy = new BudgetPolicy(method, commitTimeout.toNanos(), false);
        Budget budget = new Budget(policy, this, now, now + policy.nanos(), null);
        arm(budget);
        return budget;
    }

    void report(TimeoutExceededException cut) {
        try {
            reports.accept(cut);
        } catch (RuntimeException e) {
            // It must not take the place of the answer.
            log.warn("A call that was cut could not be reported", e);
        }
    }

    /** Runs what is not ours and may block, such as what depends on a future that has timed out. */
    void runOther(Runnable work) {
        try {
            others.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            work.run(); // The application is going down, or there is no thread to be had; somebody waits for it all
            // the same.
        }
    }

    Duration commitTimeout() {
        return commitTimeout;
    }

    /** From now until it is disarmed the budget may be taken at its {@code strikeAt}. Called by its owner. */
    void arm(Budget budget) {
        armed.add(budget);
        if (budget.strikeAt - wakeAt < 0) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns whether the budget was still armed; if not, it has timed out. Called by its owner. */
    boolean disarm(Budget budget) {
        return armed.remove(budget);
    }

    long graceNanos() {
        return graceNanos;
    }

    private void watch() {
        long round = ROUND;
        while (!closed) {
            long now = System.nanoTime();
            wakeAt = now + round;
            long next = armed.takeDue(now, now + round, budget -> struck.add(new Strikes(budget, now)));
            round = Math.min(Math.max(ROUND, SHARE * (System.nanoTime() - now)), LONGEST_ROUND);
            next = strikeAgain(now, next);
            if (struck.isEmpty() && armed.isEmpty()) {
                wakeAt = now + NEVER;
                if (armed.isEmpty()) {
                    LockSupport.park(this);
                }
            } else {
                wakeAt = next;
                LockSupport.parkNanos(this, Math.max(1, next - System.nanoTime()));
            }
        }
    }

    /** A call that has timed out is struck at once and then once per grace period, until it has left. */
    private long strikeAgain(long now, long horizon) {
        long next = horizon;
        struck.removeIf(strikes -> strikes.budget.hasLeft());
        for (Strikes strikes : struck) {
            if (strikes.nextAt - now <= 0) {
                aim(strikes.budget);
                strikes.nextAt = now + graceNanos;
            }
            next = strikes.nextAt - next < 0 ? strikes.nextAt : next;
        }
        fire();
        return next;
    }

    private void aim(Budget budget) {
        targets.add(budget);
        if (targets.size() == CROWD) {
            fire();
        }
    }

    private void fire() {
        List<Budget> crowd = targets;
        if (crowd.isEmpty()) {
            return;
        }
        targets = new ArrayList<>();
        if (crowd.size() == 1) {
            strike(crowd.get(0));
        } else {
            execute(() -> crowd.forEach(this::strikeInCrowd));
        }
    }

    /** What can block must not hold up the rest of its crowd. */
    private void strikeInCrowd(Budget budget) {
        if (!budget.stack().strikeOwnCode(budget, graceNanos)) {
            strike(budget);
        }
    }

    private void strike(Budget budget) {
        execute(() -> budget.stack().strike(budget, graceNanos));
    }

    private void execute(Runnable strike) {
        try {
            cancels.execute(strike);
        } catch (RejectedExecutionException e) {
            // Closed: the application is going down, and its calls with it.
        } catch (OutOfMemoryError e) {
            // No thread to be had: the next strike tries again. The watchdog must not die of it.
        }
    }

    /** Calls that are under a budget now are no longer cut. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        cancels.shutdown();
        others.shutdown();
    }

    private static final class Strikes {

        private final Budget budget;
        private long nextAt;

        Strikes(Budget budget, long firstAt) {
            this.budget = budget;
            this.nextAt = firstAt;
        }
    }
}
