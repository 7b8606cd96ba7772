package io.plimsoll.benchmarks.outbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each event of a turn was delivered first. Thread-safe. */
final class Arrivals {

    private final AtomicLongArray nanos;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong first = new AtomicLong();

    /** @param events how many there will be at most */
    Arrivals(int events) {
        nanos = new AtomicLongArray(events);
    }

    void delivered(long number) {
        long now = System.nanoTime();
        if (nanos.compareAndSet((int) number, 0, now)) {
            if (delivered.incrementAndGet() == 1) {
                first.set(now);
            }
        } else {
            repeated.incrementAndGet();
        }
    }

    /** How many different ones. */
    long count() {
        return delivered.get();
    }

    /** How many came again. */
    long repeated() {
        return repeated.get();
    }

    /** When the first one came; 0 if none has. */
    long first() {
        return first.get();
    }

    /** When an event came; 0 if it has not. */
    long nanos(int number) {
        return nanos.get(number);
    }

    /** @throws IllegalStateException if there are fewer when the time is up */
    void await(long events, long seconds) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (delivered.get() < events) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "After " + seconds + " s " + delivered.get() + " of " + events + " events were delivered");
            }
            Thread.sleep(1);
        }
    }
}
