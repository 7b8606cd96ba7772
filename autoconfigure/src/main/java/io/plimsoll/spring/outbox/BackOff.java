package io.plimsoll.spring.outbox;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to leave alone what has failed: twice as long each time, with full jitter (AWS Architecture Blog, "Exponential
 * Backoff And Jitter", 2015).
 *
 * @param first how long at most after the first failure
 * @param longest how long at most ever
 */
record BackOff(Duration first, Duration longest) {

    /** @param failures in a row; from 1 */
    Duration after(int failures) {
        long most = Math.min(longest.toNanos(), first.toNanos() << Math.min(failures - 1, 20));
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1));
    }
}
