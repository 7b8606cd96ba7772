package io.plimsoll.benchmarks.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The threads of an application that publish. */
final class Publisher implements AutoCloseable {

    private static final String BUSINESS = "INSERT INTO business (reference) VALUES (?)";

    private final int count;
    private final int payload;
    private final ExecutorService threads;

    Publisher(Options options) {
        count = options.threads();
        payload = options.payload();
        threads = Executors.newFixedThreadPool(count);
    }

    /** One business transaction; its events are numbered from {@code first} on. */
    void transaction(Contender contender, int first, int events) {
        contender.transaction().executeWithoutResult(status -> {
            contender.jdbc().update(BUSINESS, "reference " + first);
            publish(contender, first, events);
        });
    }

    private void publish(Contender contender, int first, int events) {
        for (int i = 0; i < events; i++) {
            contender.publish(Placed.of(first + i, payload));
        }
    }

    /** Events in transactions in which nothing else is written. */
    void all(Contender contender, int events, int perTransaction) throws Exception {
        AtomicInteger next = new AtomicInteger();
        together(() -> {
            for (int first; (first = next.getAndAdd(perTransaction)) < events; ) {
                int from = first;
                int many = Math.min(perTransaction, events - first);
                contender.transaction().executeWithoutResult(status -> publish(contender, from, many));
            }
        });
    }

    /**
     * Business transactions, one after another in each thread.
     *
     * @param most after so many events it ends early
     * @return how many transactions
     */
    int asFastAsItGoes(Contender contender, int events, int seconds, int most) throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger committed = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        together(() -> {
            while (System.nanoTime() - end < 0) {
                int first = next.getAndAdd(events);
                if (first + events > most) {
                    break;
                }
                transaction(contender, first, events);
                committed.incrementAndGet();
            }
        });
        return committed.get();
    }

    /**
     * Business transactions with an event each, every one at its time, however long those before it took.
     *
     * @return when the commit of each returned
     */
    long[] atRate(Contender contender, int events, int perSecond) throws Exception {
        long[] committed = new long[events];
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        together(() -> {
            for (int number; (number = next.getAndIncrement()) < events; ) {
                long due = start + TimeUnit.SECONDS.toNanos(number) / perSecond;
                for (long left; (left = due - System.nanoTime()) > 0; ) {
                    LockSupport.parkNanos(left);
                }
                transaction(contender, number, 1);
                committed[number] = System.nanoTime();
            }
        });
        return committed;
    }

    private void together(Runnable work) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(work));
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
