package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.spring.idempotency.Ledger.Way;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * Callers that all call the same keys in the same order, each until it has an answer. What they are told goes into a
 * file at once, where it stays if their JVM is killed.
 */
final class Race {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Ledger ledger;
    private final Predicate<RuntimeException> again;

    /** @param again after which failures a caller calls again, besides {@link CallInFlightException} */
    Race(Ledger ledger, Predicate<RuntimeException> again) {
        this.ledger = ledger;
        this.again = again;
    }

    static String name(int key) {
        return "key-" + key;
    }

    /** Runs the keys in [from, to) and returns when every caller has gone through them. */
    void run(int from, int to, int callers, Path history) throws IOException, InterruptedException {
        run(from, to, callers, history, this::outcome);
    }

    /** @param line what a caller writes down about a key once it has an answer */
    static void run(int from, int to, int callers, Path history, IntFunction<String> line)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try (OutputStream file = new FileOutputStream(history.toFile(), true)) {
            for (int i = 0; i < callers; i++) {
                threads.execute(() -> {
                    for (int key = from; key < to; key++) {
                        write(file, line.apply(key));
                    }
                });
            }
            threads.shutdown();
            if (!threads.awaitTermination(20, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The race does not end");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** One line of the history; see {@link History}. */
    private String outcome(int key) {
        Way way = Way.values()[key % Way.values().length];
        long start = System.nanoTime();
        int refusals = 0;
        int failures = 0;
        RuntimeException last = null;
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                Ledger.Entry entry = way.book(ledger, name(key));
                String how = ledger.ranHere(entry) ? History.RAN : History.REPLAYED;
                return entry.name() + " " + entry.number() + " " + how + " " + refusals + " " + failures;
            } catch (CallInFlightException e) {
                refusals++;
                last = e;
            } catch (RuntimeException e) {
                if (!again.test(e)) {
                    return failed(key, e);
                }
                failures++;
                last = e;
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(1_000_000));
        }
        return failed(key, last);
    }

    private static String failed(int key, @Nullable RuntimeException e) {
        Throwable root = e == null ? null : NestedExceptionUtils.getMostSpecificCause(e);
        return History.FAILED + " " + name(key) + " " + (e + ", " + root).replace('\n', ' ');
    }

    private static void write(OutputStream file, String line) {
        try {
            // One write: whole, or not there.
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
