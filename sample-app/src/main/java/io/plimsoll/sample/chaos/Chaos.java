package io.plimsoll.sample.chaos;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** How slow the shop's surroundings are right now. Thread-safe. */
@Component
public final class Chaos {

    private volatile Duration database = Duration.ZERO;
    private volatile Duration payment = Duration.ZERO;

    /** What an order waits for in the database before it commits. */
    public Duration database() {
        return database;
    }

    /** What the payment gateway waits for before it answers. */
    public Duration payment() {
        return payment;
    }

    void slowDatabase(Duration delay) {
        database = delay;
    }

    void slowPayment(Duration delay) {
        payment = delay;
    }

    void reset() {
        database = Duration.ZERO;
        payment = Duration.ZERO;
    }
}
