package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.timeout.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pauses between two looks at the same thing, longer each time, until the time is up. Confined to its thread. */
final class Wait implements AutoCloseable {

    private static final RecordId NOBODY = new RecordId(new byte[RecordId.LENGTH]);

    /** What a client is told to wait before it asks again. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    /** Of one who is told: what it is told can be lost. */
    private static final long LONGEST_PAUSE_IF_TOLD = TimeUnit.SECONDS.toNanos(1);

    private final long budget;
    private final long start = System.nanoTime();
    private final Supplier<Waiters.Waiting> begin;
    private long pause = FIRST_PAUSE;
    private Waiters.@Nullable Waiting waiting;

    /** For something that tells nobody. */
    Wait(Duration budget) {
        this(budget, () -> new Waiters().begin(NOBODY, null));
    }

    /** @param begin how to be woken, asked only if there is something to wait for */
    Wait(Duration budget, Supplier<Waiters.Waiting> begin) {
        this.begin = begin;
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
        if (waiting == null) {
            waiting = begin.get();
        }
        long nanos = Math.min(left, pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
        pause = Math.min(2 * pause, waiting.isTold() ? LONGEST_PAUSE_IF_TOLD : LONGEST_PAUSE);
        try {
            waiting.await(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (waiting != null) {
            waiting.close();
        }
    }
}
