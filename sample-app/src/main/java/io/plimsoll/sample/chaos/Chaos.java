package io.plimsoll.sample.chaos;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** How slow the shop's surroundings are right now. Thread-safe. */
@Component
public final class Chaos {

    private volatile Duration database = Duration.ZERO;
    private volatile Duration payment = Duration.ZERO;
    private volatile boolean paymentDrips;

    /** What an order waits for in the database before it commits. */
    public Duration database() {
        return database;
    }

    /** What the payment gateway waits for before it answers. */
    public Duration payment() {
        return payment;
    }

    /** Whether it fills that time with a byte now and then, as no read timeout notices. */
    public boolean paymentDrips() {
        return paymentDrips;
    }

    void slowDatabase(Duration delay) {
        database = delay;
    }

    void slowPayment(Duration delay, boolean drips) {
        payment = delay;
        paymentDrips = drips;
    }

    void reset() {
        database = Duration.ZERO;
        slowPayment(Duration.ZERO, false);
    }
}
