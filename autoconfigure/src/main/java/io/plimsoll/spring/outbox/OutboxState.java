package io.plimsoll.spring.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What there is in the outbox. Asked of the database now and then, however often somebody asks here. Thread-safe. */
final class OutboxState {

    /** Counting stops there: beyond it the number is of no interest, and counting would be work. */
    static final int COUNTED = 100_000;

    private static final Duration KEPT = Duration.ofSeconds(5);

    private final OutboxStore store;
    private long askedAt;
    private @Nullable Figures last;

    OutboxState(OutboxStore store) {
        this.store = store;
    }

    /**
     * Figures of one moment.
     *
     * @param waiting events that are not delivered, not counting those of keys that are out of the way; at most {@link #COUNTED}
     * @param oldest how long the oldest of them waits
     * @param keysOutOfTheWay keys of which an event did not get through
     * @param deadLetters events that were given up
     * @param instances that are alive, of this application
     * @param oldestSnapshot how long the oldest transaction runs, on PostgreSQL: what was deleted since is still stepped over
     *     there. Zero elsewhere
     */
    record Figures(
            long waiting,
            Duration oldest,
            long keysOutOfTheWay,
            long deadLetters,
            long instances,
            Duration oldestSnapshot) {}

    /** @throws org.springframework.dao.DataAccessException if the database does not answer */
    synchronized Figures figures() {
        Figures known = last;
        if (known == null || System.nanoTime() - askedAt > KEPT.toNanos()) {
            known = store.apart().statementByStatement(this::ask);
            last = known;
            askedAt = System.nanoTime();
        }
        return known;
    }

    private Figures ask(JdbcTemplate jdbc) {
        return new Figures(
                count(jdbc, "(SELECT 1 AS one FROM plimsoll_outbox LIMIT " + COUNTED + ") first_ones"),
                oldest(jdbc),
                count(jdbc, "plimsoll_outbox_key"),
                count(jdbc, "plimsoll_outbox_held WHERE died_at IS NOT NULL"),
                count(
                        jdbc,
                        "plimsoll_outbox_instance WHERE expires_at > "
                                + store.dialect().now()),
                store.hasHorizon() ? oldestSnapshot(jdbc) : Duration.ZERO);
    }

    private static long count(JdbcTemplate jdbc, String of) {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT COUNT(*) FROM " + of, Long.class));
    }

    /** By the first of each bucket, which the primary key finds. */
    private Duration oldest(JdbcTemplate jdbc) {
        List<Instant> times = jdbc.query(
                "SELECT o.occurred_at FROM plimsoll_outbox_bucket b JOIN plimsoll_outbox o ON o.bucket = b.bucket AND o.id ="
                        + " (SELECT i.id FROM plimsoll_outbox i WHERE i.bucket = b.bucket ORDER BY i.id LIMIT 1)",
                (row, number) -> store.dialect().instant(row, "occurred_at"));
        Instant now = Instant.now();
        return times.stream()
                .map(time -> Duration.between(time, now))
                .filter(age -> !age.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration oldestSnapshot(JdbcTemplate jdbc) {
        Double seconds = jdbc.queryForObject(
                "SELECT COALESCE(EXTRACT(EPOCH FROM clock_timestamp() - MIN(xact_start)), 0)::float8 FROM pg_stat_activity"
                        + " WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid()",
                Double.class);
        return Duration.ofMillis((long) (Objects.requireNonNull(seconds) * 1_000));
    }
}
