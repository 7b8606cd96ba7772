package io.plimsoll.spring.idempotency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * PostgreSQL. An insert alone would wait for the transaction of another call, so a transaction-level advisory lock on
 * the key is asked first. It only keeps calls from waiting: that two never both run is up to the primary key.
 *
 * <p>Whoever holds the lock also holds a shared one that names key and payload. It excludes nobody; it shows in {@code
 * pg_locks} with what payload the call runs, since nobody else can see its row yet.
 */
final class PostgresDialect extends Dialect {

    private static final String CLAIM = """
            WITH gate AS MATERIALIZED (
                SELECT pg_try_advisory_xact_lock(?) AS free
            ), mark AS MATERIALIZED (
                SELECT free, CASE WHEN free THEN pg_try_advisory_xact_lock_shared(?, ?) END AS marked FROM gate
            ), claim AS (
                INSERT INTO plimsoll_idempotency (id, fingerprint, expires_at)
                SELECT ?, ?, now() + ? * interval '1 microsecond' FROM mark WHERE free
                ON CONFLICT DO NOTHING RETURNING 1
            )
            SELECT mark.free, mark.marked, EXISTS (SELECT FROM claim) AS granted,
                   record.fingerprint, record.outcome, record.expires_at <= now() AS expired
            FROM mark LEFT JOIN plimsoll_idempotency record ON record.id = ?""";

    private static final String FIND = """
            SELECT fingerprint, outcome, expires_at <= now() AS expired FROM plimsoll_idempotency WHERE id = ?""";

    /** A lock of two numbers has objsubid 2; they show as unsigned. */
    private static final String MARKS_OF_RUNNING = """
            SELECT objid::bigint::bit(32)::int FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 2 AND classid::bigint::bit(32)::int = ?
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    @Override
    String now() {
        return "now()";
    }

    @Override
    String nowPlusMicros() {
        return "now() + ? * interval '1 microsecond'";
    }

    @Override
    @Nullable
    Claim claim(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint, Duration ttl) {
        List<Optional<Claim>> answer = jdbc.query(
                CLAIM,
                (row, number) -> answer(row),
                id.lock(),
                id.mark(),
                fingerprint.mark(),
                id.bytes(),
                fingerprint.bytes(),
                micros(ttl),
                id.bytes());
        // The other call may commit between the snapshot of the statement and its lock: the next statement sees it.
        return answer.get(0).orElseGet(() -> find(jdbc, FIND, id));
    }

    /** Empty if the key is free and yet taken: somebody's record is there that this statement does not see. */
    private static Optional<Claim> answer(ResultSet row) throws SQLException {
        if (row.getBoolean("granted")) {
            return Optional.of(Claim.GRANTED);
        }
        boolean free = row.getBoolean("free");
        if (row.getBytes("fingerprint") != null) {
            Claim.Recorded recorded = recorded(row);
            return Optional.of(recorded.expired() && !free ? Claim.IN_FLIGHT : recorded);
        }
        return free ? Optional.empty() : Optional.of(Claim.IN_FLIGHT);
    }

    @Override
    boolean isLocked(DataAccessException failure) {
        return false; // Nothing here waits for a lock.
    }

    @Override
    int isolationToLookIntoOthers() {
        return Connection.TRANSACTION_READ_COMMITTED;
    }

    @Override
    boolean isRunningWithOther(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint) {
        List<Integer> marks = jdbc.queryForList(MARKS_OF_RUNNING, Integer.class, id.mark());
        return !marks.isEmpty() && !marks.contains(fingerprint.mark());
    }
}
