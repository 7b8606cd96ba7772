package io.plimsoll.spring.idempotency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.TransactionException;

/** Deletes records whose time is over, in small batches, on a thread of its own. Any number of instances may do so. */
final class RetentionCleaner implements SmartLifecycle {

    private static final Log log = LogFactory.getLog(RetentionCleaner.class);

    private final Engine engine;
    private final Duration interval;
    private final int batchSize;
    private volatile @Nullable ScheduledExecutorService executor;

    RetentionCleaner(Engine engine, Duration interval, int batchSize) {
        this.engine = engine;
        this.interval = interval;
        this.batchSize = batchSize;
    }

    @Override
    public void start() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("plimsoll-idempotency-cleaner-");
        threads.setDaemon(true);
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(threads);
        started.scheduleWithFixedDelay(this::clean, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    private void clean() {
        try {
            // Nothing is asked of a store until it is used, which operations can come to at any time.
            while (isRunning() && engine.deleteExpired(batchSize) == batchSize) {
                // Full batches: there is more.
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("Expired idempotency records could not be deleted; it is tried again in " + interval, e);
        } catch (RuntimeException e) {
            log.error("Expired idempotency records could not be deleted", e);
        }
    }

    /** Waits for the running batch: its connection comes from a pool that closes next. */
    @Override
    public void stop() {
        ScheduledExecutorService running = executor;
        executor = null;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(5, TimeUnit.SECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
