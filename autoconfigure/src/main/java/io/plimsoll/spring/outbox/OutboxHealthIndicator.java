package io.plimsoll.spring.outbox;

import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells what waits in the outbox. {@code DELAYED} if something has for too long, or was given up: a status that makes nobody take
 * the application for dead, since no restart would help and no request suffers. Not part of readiness.
 */
final class OutboxHealthIndicator extends AbstractHealthIndicator {

    private static final Status DELAYED = new Status("DELAYED", "Events wait, or were given up");

    private final OutboxStore store;
    private final OutboxState state;
    private final Duration patience;

    /** @param patience how long an event may wait */
    OutboxHealthIndicator(OutboxStore store, OutboxState state, Duration patience) {
        super("The outbox could not be asked");
        this.store = store;
        this.state = state;
        this.patience = patience;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (!store.isUsed()) {
            health.unknown().withDetail("used", false);
            return;
        }
        OutboxState.Figures figures = state.figures();
        boolean delayed = figures.oldest().compareTo(patience) > 0 || figures.deadLetters() > 0;
        health.status(delayed ? DELAYED : Status.UP)
                .withDetail("waiting", figures.waiting())
                .withDetail("oldest", figures.oldest().toString())
                .withDetail("keysOutOfTheWay", figures.keysOutOfTheWay())
                .withDetail("deadLetters", figures.deadLetters())
                .withDetail("instances", figures.instances())
                .withDetail("oldestSnapshot", figures.oldestSnapshot().toString());
    }
}
