package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.spring.idempotency.LeasedLedger.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** As {@link Race}, in LEASE mode: each caller goes on until it has an answer, or is told that nobody knows. */
final class LeaseRace {

    static final String UNKNOWN = "unknown";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Way[] WAYS = {Way.PLAIN, Way.TRANSACTIONAL, Way.WAIT};

    private final LeasedLedger ledger;

    LeaseRace(LeasedLedger ledger) {
        this.ledger = ledger;
    }

    /** Runs the keys in [from, to) and returns when every caller has gone through them. */
    void run(int from, int to, int callers, Path history) throws IOException, InterruptedException {
        Race.run(from, to, callers, history, key -> Race.name(key) + " " + outcome(key));
    }

    private String outcome(int key) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                return WAYS[key % WAYS.length].book(ledger, Race.name(key));
            } catch (CallInFlightException e) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
            } catch (OutcomeUnknownException e) {
                return UNKNOWN;
            } catch (RuntimeException e) {
                return History.FAILED + e.toString().replaceAll("\\s", "_");
            }
        }
        return History.FAILED + "no_answer";
    }
}
