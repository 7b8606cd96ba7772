package io.plimsoll.spring.outbox;

import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * This instance among those that deliver, by a row that it renews. By the clock of the database, but for what it believes of
 * itself: that is by {@link System#nanoTime()} from before it asked, so it ends no later.
 *
 * <p>A row that has gone never comes back: who has lost it joins anew, as somebody else. So whoever finds a bucket whose owner
 * has no row knows that it has no owner for good. Confined to one thread, but for {@link #lasts}.
 */
final class Membership {

    private final OutboxStore store;
    private final String application;
    private final Duration lease;
    private volatile long validUntil = System.nanoTime();
    private UUID id = UUID.randomUUID();

    /** @param application whose instances these are */
    Membership(OutboxStore store, String application, Duration lease) {
        this.store = store;
        this.application = application;
        this.lease = lease;
    }

    UUID id() {
        return id;
    }

    /** Joins as somebody who has never been there. */
    void join() {
        UUID fresh = UUID.randomUUID();
        long asked = System.nanoTime();
        store.apart()
                .statementByStatement(jdbc -> jdbc.update(
                        "INSERT INTO plimsoll_outbox_instance (id, name, expires_at) VALUES (?, ?, "
                                + store.dialect().nowPlusMicros() + ")",
                        OutboxDialect.bytes(fresh),
                        application,
                        OutboxDialect.micros(lease)));
        id = fresh;
        validUntil = asked + lease.toNanos();
    }

    /**
     * @param horizon told what may become one, as this transaction is durable
     * @return false if it has been silent for too long: whatever it had is somebody else's by now, or nobody's
     */
    boolean renew(Consumer<Horizon.Candidate> horizon) {
        long asked = System.nanoTime();
        AtomicBoolean renewed = new AtomicBoolean();
        if (store.hasHorizon()) {
            Horizon.Candidate candidate = store.apart()
                    .inTransaction(
                            Connection.TRANSACTION_READ_COMMITTED,
                            (jdbc, status) -> Horizon.around(jdbc, () -> renewed.set(renew(jdbc))));
            if (renewed.get()) {
                horizon.accept(candidate);
            }
        } else {
            renewed.set(store.apart().statementByStatement(this::renew));
        }
        validUntil = renewed.get() ? asked + lease.toNanos() : asked;
        return renewed.get();
    }

    private boolean renew(JdbcTemplate jdbc) {
        return jdbc.update(
                        "UPDATE plimsoll_outbox_instance SET expires_at = "
                                + store.dialect().nowPlusMicros() + " WHERE id = ? AND expires_at > "
                                + store.dialect().now(),
                        OutboxDialect.micros(lease),
                        OutboxDialect.bytes(id))
                == 1;
    }

    /**
     * Makes sure that nobody else uses these tables: each would deliver the other's events to its own sink.
     *
     * @throws BrokenPromiseException if an instance of another application is alive
     */
    void requireOwnTables() {
        List<String> others = store.apart()
                .statementByStatement(jdbc -> jdbc.queryForList(
                        "SELECT name FROM plimsoll_outbox_instance WHERE name <> ? AND expires_at > "
                                + store.dialect().now(),
                        String.class,
                        application));
        if (!others.isEmpty()) {
            throw new BrokenPromiseException(
                    "The tables of the outbox are used by the application \"" + others.get(0) + "\", and this one is \""
                            + application + "\": each would deliver the other's events.",
                    "Give each application a schema of its own. Instances of one have the same spring.application.name.");
        }
    }

    /** Removes those that are silent. A renewal that is under way comes first: both want one row. */
    int bury() {
        return store.apart()
                .statementByStatement(jdbc -> jdbc.update("DELETE FROM plimsoll_outbox_instance WHERE expires_at <= "
                        + store.dialect().now()));
    }

    /** Goes in good order: whoever looks next finds its buckets free. */
    void leave() {
        validUntil = System.nanoTime();
        store.apart()
                .statementByStatement(jdbc ->
                        jdbc.update("DELETE FROM plimsoll_outbox_instance WHERE id = ?", OutboxDialect.bytes(id)));
    }

    /** Whether nobody can have taken over before that time is up. Thread-safe. */
    boolean lasts(Duration time) {
        return System.nanoTime() + time.toNanos() - validUntil < 0;
    }
}
