package io.plimsoll.spring.idempotency;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
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
            INSERT INTO plimsoll_idempotency (id, fingerprint, expires_at)
            SELECT ?, ?, now() + ? * interval '1 microsecond'
            WHERE CASE WHEN pg_try_advisory_xact_lock(?) THEN pg_try_advisory_xact_lock_shared(?, ?) ELSE false END
            ON CONFLICT DO NOTHING""";

    /** A statement of its own has a snapshot of its own, and sees what was committed while the claim was made. */
    private static final String FIND = """
            SELECT fingerprint, outcome, expires_at <= now() AS expired FROM plimsoll_idempotency WHERE id = ?""";

    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(?)";

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
        int inserted = jdbc.update(
                CLAIM, id.bytes(), fingerprint.bytes(), micros(ttl), id.lock(), id.mark(), fingerprint.mark());
        if (inserted == 1) {
            return Claim.GRANTED;
        }
        Claim.Recorded found = find(jdbc, FIND, id);
        return found == null || (found.expired() && !isFree(jdbc, id)) ? Claim.IN_FLIGHT : found;
    }

    private static boolean isFree(JdbcTemplate jdbc, RecordId id) {
        return Boolean.TRUE.equals(jdbc.queryForObject(LOCK, Boolean.class, id.lock()));
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
