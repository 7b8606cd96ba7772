package io.plimsoll.spring.idempotency;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.plimsoll.spring.jdbc.StoreDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/** Keeps the records in the table {@code plimsoll_idempotency}. Every operation is one {@link Observation}. */
final class JdbcIdempotencyStore implements IdempotencyStore {

    static final String OBSERVATION = "plimsoll.idempotency.store";

    private static final String RECORD = "UPDATE plimsoll_idempotency SET outcome = ? WHERE id = ?";

    private static final String VERIFY =
            "SELECT id, fingerprint, outcome, expires_at FROM plimsoll_idempotency WHERE 1 = 0";

    /** A record can vanish between two looks, deleted or rolled back; not again and again. */
    private static final int LOOKS = 5;

    private final StoreDataSource source;
    private final JdbcTemplate jdbc;
    private final ObservationRegistry observations;
    private final Supplier<Dialect> dialect;

    JdbcIdempotencyStore(StoreDataSource source, ObservationRegistry observations) {
        this.source = source;
        this.jdbc = new JdbcTemplate(source.dataSource());
        this.observations = observations;
        this.dialect = SingletonSupplier.of(() -> Dialect.of(source.database()));
    }

    @Override
    public Claim claim(RecordId id, Fingerprint fingerprint, Duration ttl) {
        return observe("claim", () -> look(jdbc, id, fingerprint, ttl));
    }

    private Claim look(JdbcTemplate on, RecordId id, Fingerprint fingerprint, Duration ttl) {
        return notWaiting(() -> {
            Claim claim = dialect().claim(on, id, fingerprint, ttl);
            if (claim instanceof Claim.Recorded recorded && recorded.expired()) {
                return dialect().takeOver(on, id, fingerprint, ttl) ? Claim.GRANTED : null;
            }
            return claim;
        });
    }

    /** @param look null if what it looked at has vanished, deleted or rolled back */
    private Claim notWaiting(Supplier<@Nullable Claim> look) {
        try {
            for (int i = 0; i < LOOKS; i++) {
                Claim claim = look.get();
                if (claim != null) {
                    return claim;
                }
            }
        } catch (DataAccessException e) {
            if (!dialect().isLocked(e)) {
                throw e;
            }
        }
        return Claim.IN_FLIGHT;
    }

    @Override
    public boolean record(RecordId id, byte[] outcome) {
        return observe("record", () -> jdbc.update(RECORD, outcome, id.bytes()) == 1);
    }

    @Override
    public boolean isRunningWithOther(RecordId id, Fingerprint fingerprint) {
        return observe(
                "peek",
                () -> apart(dialect().isolationToLookIntoOthers(), (own, status) -> dialect()
                        .isRunningWithOther(own, id, fingerprint)));
    }

    @Override
    public Claim resolve(RecordId id) {
        // Whoever may claim the key knows that nobody has it, nor will: the claim is given back at once. What an
        // earlier
        // call left is taken over like by any claim: once its time is over it says nothing about this one.
        return observe(
                "resolve",
                () -> apart(Connection.TRANSACTION_READ_COMMITTED, (own, status) -> {
                    status.setRollbackOnly();
                    return look(own, id, Fingerprint.of(id.bytes()), Duration.ofDays(1));
                }));
    }

    @Override
    public int deleteExpired(int limit) {
        String expired = "SELECT id FROM plimsoll_idempotency WHERE expires_at <= "
                + dialect().now() + " ORDER BY expires_at LIMIT " + limit + " FOR UPDATE SKIP LOCKED";
        return observe(
                "clean",
                () -> apart(Connection.TRANSACTION_READ_COMMITTED, (own, status) -> {
                    List<Object[]> ids = own.query(expired, (row, number) -> new Object[] {row.getBytes(1)});
                    own.batchUpdate("DELETE FROM plimsoll_idempotency WHERE id = ?", ids);
                    return ids.size();
                }));
    }

    @Override
    public void verify() {
        jdbc.query(VERIFY, row -> {});
    }

    private Dialect dialect() {
        return dialect.get();
    }

    /** In a transaction of its own on a connection of its own, whatever the thread is doing. */
    private <T> T apart(int isolation, BiFunction<JdbcTemplate, TransactionStatus, T> work) {
        SingleConnectionDataSource own = new SingleConnectionDataSource(open(), true);
        try {
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(own));
            transaction.setIsolationLevel(isolation);
            return Objects.requireNonNull(transaction.execute(status -> work.apply(new JdbcTemplate(own), status)));
        } finally {
            own.destroy();
        }
    }

    private Connection open() {
        try {
            return source.dataSource().getConnection();
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("The idempotency store gets no connection", e);
        }
    }

    private <T> T observe(String operation, Supplier<T> work) {
        Observation observation = Observation.createNotStarted(OBSERVATION, observations)
                .contextualName("idempotency " + operation)
                .lowCardinalityKeyValue("operation", operation)
                .lowCardinalityKeyValue("result", "failed");
        return Objects.requireNonNull(observation.observe(() -> {
            T result = work.get();
            observation.lowCardinalityKeyValue("result", result(result));
            return result;
        }));
    }

    /** For the observation: of low cardinality, and never data. */
    private static String result(Object result) {
        if (result instanceof Claim) {
            return result instanceof Claim.Granted
                    ? "granted"
                    : result instanceof Claim.InFlight ? "in_flight" : "found";
        }
        return result instanceof Boolean ? result.toString() : "done";
    }
}
