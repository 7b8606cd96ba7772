package io.plimsoll.spring.idempotency;

import io.plimsoll.timeout.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Pauses between two looks at the same thing, longer each time, until the time is up. Confined to its thread. */
final class Wait {

    /** What a client is told to wait before it asks again. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    private final long budget;
    private final long start = System.nanoTime();
    private long pause = FIRST_PAUSE;

    Wait(Duration budget) {
        this.budget = Math.min(budget.toNanos(), remaining());
    }

    /** A wait that outlives the caller's own deadline helps nobody. */
    private static long remaining() {
        return Deadline.current()
                .map(Deadline::remaining)
                .map(Duration::toNanos)
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Pauses for a while, half of it up to chance, so that many who wait do not all come back at once.
     *
     * @return false if the time is up, or the thread was interrupted (and still is)
     */
    boolean goesOn() {
        long left = budget - (System.nanoTime() - start);
        if (left <= 0) {
            return false;
        }
        long nanos = Math.min(left, pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        try {
            return !new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
