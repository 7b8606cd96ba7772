package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.IdempotencyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Renews the claims of running calls at a third of their lease, and tells the store how calls have ended that could not
 * tell it themselves. On threads of its own, under no budget. Thread-safe.
 *
 * <p>A renewal does not make a claim certain: a holder that is paused renews nothing. It is the owner that every end of a
 * call is checked against.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Log log = LogFactory.getLog(LeaseKeeper.class);
    private static final int THREADS = 4;

    /** How exactly renewals are due. */
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<IdempotencyStore> store;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<Lease, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Set<String> warnedOfRenewal = ConcurrentHashMap.newKeySet();

    LeaseKeeper(Supplier<IdempotencyStore> store) {
        this.store = store;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("plimsoll-idempotency-lease-");
        threads.setDaemon(true);
        executor = new ScheduledThreadPoolExecutor(THREADS, threads);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Renews a claim until {@link #release}. Most calls end long before that is due, so they only leave a note: a task for
     * each would wake a thread for each.
     */
    void keep(IdempotentMethod method, Lease lease) {
        kept.put(lease, new Kept(method, lease));
        lookSoon();
    }

    /** The call is about to end: that a claim is not renewed any more is no loss from now on. */
    void ending(Lease lease) {
        Kept each = kept.get(lease);
        if (each != null) {
            each.ending = true;
        }
    }

    /** The store knows how the call has ended. */
    void release(Lease lease) {
        kept.remove(lease);
    }

    private void lookSoon() {
        if (looking.compareAndSet(false, true)) {
            try {
                executor.schedule(this::look, ROUND, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("What is called while the application stops has its lease and no renewal");
            }
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (Kept each : kept.values()) {
            if (each.isDue(now)) {
                executor.execute(each);
            }
        }
        looking.set(false);
        if (!kept.isEmpty()) {
            lookSoon(); // Or whoever came since has done so.
        }
    }

    /**
     * Tells the store how a call has ended, again and again until it answers.
     *
     * @param patience after which it makes no difference any more
     * @param end returns false if the store refuses, because the claim was lost
     * @param lease what is renewed until then; null if nothing is
     */
    void settle(IdempotentMethod method, Duration patience, BooleanSupplier end, @Nullable Lease lease) {
        Settlement settlement = new Settlement(method, end, System.nanoTime() + patience.toNanos(), lease);
        try {
            executor.execute(settlement);
        } catch (RejectedExecutionException e) {
            settlement.run(); // The application is going down: now or never.
        }
    }

    void failed(IdempotentMethod method, RuntimeException failure) {
        if (warned.add(method.signature())) {
            log.warn(
                    "The idempotency store did not take how a call of " + method.name() + " has ended. It is told again"
                            + " until it does; meanwhile the call counts as running.",
                    failure);
        }
    }

    boolean isClosed() {
        return executor.isShutdown();
    }

    /** Tells the store once more what it has not taken yet, if it answers now. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A claim that is being renewed. */
    private final class Kept implements Runnable {

        private final IdempotentMethod method;
        private final Lease lease;
        private final long interval;
        private long renewAt;
        private volatile boolean ending;

        private Kept(IdempotentMethod method, Lease lease) {
            this.method = method;
            this.lease = lease;
            this.interval = Math.max(1, method.lease().toNanos() / 3);
            this.renewAt = System.nanoTime() + interval;
        }

        /** Asked by one thread at a time. */
        private boolean isDue(long now) {
            boolean due = renewAt - now <= 0;
            if (due) {
                renewAt = now + interval;
            }
            return due;
        }

        @Override
        public void run() {
            try {
                if (!store.get().extend(lease.id(), lease.owner(), method.lease())
                        && kept.remove(lease, this)
                        && !ending) {
                    log.warn("A running call of " + method.name() + " has lost its claim: nothing was heard of it for"
                            + " longer than its lease. What it still commits is refused, and its outcome is unknown.");
                }
            } catch (RuntimeException e) {
                if (warnedOfRenewal.add(method.signature())) {
                    log.warn("The claim of a running call of " + method.name() + " could not be renewed", e);
                }
            }
        }
    }

    private final class Settlement implements Runnable {

        private final IdempotentMethod method;
        private final BooleanSupplier end;
        private final long giveUpAt;
        private final @Nullable Lease lease;
        private long pause = FIRST_PAUSE;

        Settlement(IdempotentMethod method, BooleanSupplier end, long giveUpAt, @Nullable Lease lease) {
            this.lease = lease;
            this.method = method;
            this.end = end;
            this.giveUpAt = giveUpAt;
        }

        @Override
        public void run() {
            try {
                if (!end.getAsBoolean()) {
                    log.debug("A call of " + method.name() + " had lost its claim by the time it ended");
                }
                over();
            } catch (RuntimeException e) {
                failed(method, e);
                if (System.nanoTime() - giveUpAt < 0) {
                    again();
                } else {
                    over();
                }
            }
        }

        private void over() {
            if (lease != null) {
                release(lease);
            }
        }

        private void again() {
            try {
                executor.schedule(this, pause, TimeUnit.NANOSECONDS);
                pause = Math.min(
                        2 * pause, Math.min(LONGEST_PAUSE, method.lease().toNanos() / 3));
            } catch (RejectedExecutionException e) {
                log.warn("The idempotency store was not told how a call of " + method.name()
                        + " has ended, because the application stops. Once its lease is over its outcome is unknown.");
            }
        }
    }
}
