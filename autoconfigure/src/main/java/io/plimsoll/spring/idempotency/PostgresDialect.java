package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.ObjectUtils;

/**
 * PostgreSQL. An insert alone would wait for the transaction of another call, so a transaction-level advisory lock on
 * the key is asked first. It only keeps calls from waiting: that two never both run is up to the primary key.
 *
 * <p>Whoever holds the lock also holds a shared one that names key and payload. It excludes nobody; it shows in {@code
 * pg_locks} with what payload the call runs, since nobody else can see its row yet.
 */
final class PostgresDialect extends Dialect {

    private static final String EPOCH_MICROS = "(extract(epoch FROM now()) * 1000000)::bigint";

    private static final String CLAIM = """
            INSERT INTO plimsoll_idempotency (id, fingerprint, expires_at)
            SELECT ?, ?, now() + ? * interval '1 microsecond'
            WHERE CASE WHEN pg_try_advisory_xact_lock(?) THEN pg_try_advisory_xact_lock_shared(?, ?) ELSE false END
            ON CONFLICT DO NOTHING""";

    /** A statement of its own has a snapshot of its own, and sees what was committed while the claim was made. */
    private static final String FIND = """
            SELECT fingerprint, outcome, owner IS NOT NULL AND outcome IS NULL AS held, expires_at <= now() AS expired
            FROM plimsoll_idempotency WHERE id = ?""";

    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(?)";

    /** A lock of two numbers has objsubid 2; they show as unsigned. */
    private static final String MARKS_OF_RUNNING = """
            SELECT objid::bigint::bit(32)::int FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 2 AND classid::bigint::bit(32)::int = ?
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    /** Looks first: the insert would wait for a holder that is about to commit. */
    private static final String INSERT_LEASE = """
            INSERT INTO plimsoll_idempotency (id, fingerprint, expires_at, owner, lease_until, fence)
            SELECT ?, ?, now() + ? * interval '1 microsecond', ?, now() + ? * interval '1 microsecond', %s
            WHERE NOT EXISTS (SELECT 1 FROM plimsoll_idempotency WHERE id = ?)
            ON CONFLICT DO NOTHING RETURNING fence""".formatted(EPOCH_MICROS);

    private static final String BEAT = """
            INSERT INTO plimsoll_idempotency_heartbeat (owner, lease_until)
            SELECT owner, now() + ? * interval '1 microsecond' FROM plimsoll_idempotency
            WHERE id = ? AND owner = ? AND outcome IS NULL
            ON CONFLICT (owner) DO UPDATE SET lease_until = excluded.lease_until""";

    @Override
    String epochMicros() {
        return EPOCH_MICROS;
    }

    @Override
    @Nullable
    Long insertLease(JdbcTemplate jdbc, LeaseRow row) {
        return DataAccessUtils.singleResult(jdbc.queryForList(INSERT_LEASE, Long.class, row.columnsAndId()));
    }

    @Override
    boolean beat(JdbcTemplate jdbc, RecordId id, Owner owner, Duration lease) {
        return jdbc.update(BEAT, micros(lease), id.bytes(), owner.bytes()) == 1;
    }

    @Override
    int updateUnlocked(JdbcTemplate jdbc, String set, String where, Object... arguments) {
        return jdbc.update(
                "UPDATE plimsoll_idempotency SET " + set + " WHERE id = (SELECT id FROM plimsoll_idempotency WHERE "
                        + where + " FOR UPDATE SKIP LOCKED)",
                arguments);
    }

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
        int inserted =
                jdbc.update(CLAIM, id.bytes(), fingerprint.bytes(), micros(ttl), lock(id), mark(id), mark(fingerprint));
        if (inserted == 1) {
            return Claim.GRANTED;
        }
        Claim found = find(jdbc, FIND, id);
        boolean expired = found instanceof Claim.Recorded recorded && recorded.expired();
        return found == null || (expired && !isFree(jdbc, id)) ? Claim.IN_FLIGHT : found;
    }

    private static boolean isFree(JdbcTemplate jdbc, RecordId id) {
        return Boolean.TRUE.equals(jdbc.queryForObject(LOCK, Boolean.class, lock(id)));
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
        List<Integer> marks = jdbc.queryForList(MARKS_OF_RUNNING, Integer.class, mark(id));
        return !marks.isEmpty() && !marks.contains(mark(fingerprint));
    }

    /** See {@link PostgresWakeUps}. */
    @Override
    int end(JdbcTemplate jdbc, RecordId id, Runnable awaited, String sql, Object... arguments) {
        List<Boolean> ended = jdbc.queryForList(
                sql + " RETURNING NOT pg_try_advisory_xact_lock(" + PostgresWakeUps.LOCK_CLASS + ", ?)",
                Boolean.class,
                ObjectUtils.addObjectToArray(arguments, PostgresWakeUps.lock(id)));
        if (ended.contains(true)) {
            awaited.run();
        }
        return ended.size();
    }

    /** The name of a lock is 64 bits long: two calls that share it by chance only wait for each other. */
    private static long lock(RecordId id) {
        return ByteBuffer.wrap(id.bytes()).getLong();
    }

    /** Bits that {@link #lock} does not use. */
    private static int mark(RecordId id) {
        return ByteBuffer.wrap(id.bytes()).getInt(Long.BYTES);
    }

    /** Bits that tell running calls of one key apart by their payload; the first byte is a version. */
    private static int mark(Fingerprint fingerprint) {
        return ByteBuffer.wrap(fingerprint.bytes()).getInt(1);
    }
}
