package io.plimsoll.spring.idempotency;

import io.micrometer.observation.Observation;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.jdbc.Apart;
import io.plimsoll.spring.jdbc.StoreDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.function.SingletonSupplier;

/** Keeps the records in the table {@code plimsoll_idempotency}. Every operation is one {@link Observation}. */
final class JdbcTransactionalStore implements TransactionalStore {

    private static final String RECORD = "UPDATE plimsoll_idempotency SET outcome = ? WHERE id = ?";

    private static final String VERIFY =
            "SELECT id, fingerprint, outcome, owner, expires_at FROM plimsoll_idempotency WHERE 1 = 0";

    /** A record can vanish between two looks, deleted or rolled back; not again and again. */
    private static final int LOOKS = 5;

    private final JdbcTemplate jdbc;
    private final Apart apart;
    private final StoreObservation observations;
    private final Supplier<Dialect> dialect;
    private final JdbcRetention retention;

    JdbcTransactionalStore(StoreDataSource source, StoreObservation observations) {
        this.apart = new Apart(source);
        this.jdbc = new JdbcTemplate(source.dataSource());
        this.observations = observations;
        this.dialect = SingletonSupplier.of(() -> Dialect.of(source.database()));
        this.retention = new JdbcRetention(apart, dialect);
    }

    @Override
    public Claim claim(RecordId id, Fingerprint fingerprint, Duration ttl) {
        return observations.observe("claim", () -> look(jdbc, id, fingerprint, ttl));
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
    public boolean record(RecordId id, byte[] outcome, Runnable awaited) {
        return observations.observe("record", () -> dialect().end(jdbc, id, awaited, RECORD, outcome, id.bytes()) == 1);
    }

    @Override
    public boolean recordApart(RecordId id, Fingerprint fingerprint, byte[] outcome, Duration ttl) {
        return observations.observe(
                "record",
                () -> apart.inTransaction(
                        Connection.TRANSACTION_READ_COMMITTED,
                        (own, status) -> look(own, id, fingerprint, ttl) instanceof Claim.Granted
                                && own.update(RECORD, outcome, id.bytes()) == 1));
    }

    @Override
    public boolean isRunningWithOther(RecordId id, Fingerprint fingerprint) {
        return observations.observe(
                "peek",
                () -> apart.inTransaction(dialect().isolationToLookIntoOthers(), (own, status) -> dialect()
                        .isRunningWithOther(own, id, fingerprint)));
    }

    @Override
    public Claim resolve(RecordId id) {
        // Whoever may claim the key knows that nobody has it, nor will: the claim is given back at once. What an
        // earlier
        // call left is taken over like by any claim: once its time is over it says nothing about this one.
        return observations.observe(
                "resolve",
                () -> apart.inTransaction(Connection.TRANSACTION_READ_COMMITTED, (own, status) -> {
                    status.setRollbackOnly();
                    return look(own, id, Fingerprint.of(id.bytes()), Duration.ofDays(1));
                }));
    }

    @Override
    public int deleteExpired(int limit) {
        return observations.observe("clean", () -> retention.deleteExpired(limit));
    }

    @Override
    public void verify() {
        jdbc.query(VERIFY, row -> {});
    }

    private Dialect dialect() {
        return dialect.get();
    }
}
