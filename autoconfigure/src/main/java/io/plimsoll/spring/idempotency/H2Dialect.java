package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * H2. The insert itself is the lock, as on MariaDB; a statement cannot bring its own lock timeout along, so the
 * session's is set and set back, which costs no round trip in a database of the same process.
 */
final class H2Dialect extends Dialect {

    private static final int LOCK_TIMEOUT = 50200;
    private static final int CONCURRENT_UPDATE = 90131;

    private static final String EPOCH_MICROS =
            "DATEDIFF(MICROSECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00', CURRENT_TIMESTAMP)";

    private static final String CLAIM = """
            INSERT INTO plimsoll_idempotency (id, fingerprint, expires_at)
            VALUES (?, ?, DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP))""";

    private static final String FIND = """
            SELECT fingerprint, outcome, owner IS NOT NULL AND outcome IS NULL AS held, expires_at <= CURRENT_TIMESTAMP AS expired
            FROM plimsoll_idempotency WHERE id = ?""";

    private static final String INSERT_LEASE = """
            SELECT fence FROM FINAL TABLE (
                INSERT INTO plimsoll_idempotency (id, fingerprint, expires_at, owner, lease_until, fence)
                VALUES (?, ?, DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP), ?,
                    DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP), %s))""".formatted(EPOCH_MICROS);

    private static final String EXISTS = "SELECT COUNT(*) FROM plimsoll_idempotency WHERE id = ?";

    private static final String BEAT = """
            MERGE INTO plimsoll_idempotency_heartbeat (owner, lease_until) KEY (owner)
            SELECT owner, DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP) FROM plimsoll_idempotency
            WHERE id = ? AND owner = ? AND outcome IS NULL""";

    @Override
    String epochMicros() {
        return EPOCH_MICROS;
    }

    /** Looks first, like {@link #claim}. */
    @Override
    @Nullable
    Long insertLease(JdbcTemplate jdbc, LeaseRow row) {
        Integer there =
                jdbc.queryForObject(EXISTS, Integer.class, (Object) row.id().bytes());
        if (there != null && there > 0) {
            return null;
        }
        try {
            return withoutWaiting(
                    jdbc,
                    () -> DataAccessUtils.singleResult(jdbc.queryForList(INSERT_LEASE, Long.class, row.columns())));
        } catch (DuplicateKeyException e) {
            return null;
        } catch (DataAccessException e) {
            if (isLocked(e)) {
                return null; // Another call is inserting it.
            }
            throw e;
        }
    }

    @Override
    boolean beat(JdbcTemplate jdbc, RecordId id, Owner owner, Duration lease) {
        return jdbc.update(BEAT, micros(lease), id.bytes(), owner.bytes()) > 0;
    }

    @Override
    int updateUnlocked(JdbcTemplate jdbc, String set, String where, Object... arguments) {
        Integer updated = withoutWaiting(jdbc, () -> super.updateUnlocked(jdbc, set, where, arguments));
        return updated == null ? 0 : updated;
    }

    @Override
    String now() {
        return "CURRENT_TIMESTAMP";
    }

    @Override
    String nowPlusMicros() {
        return "DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP)";
    }

    /** Looks first: an insert that meets a row which another transaction has updated hangs until that has ended. */
    @Override
    @Nullable
    Claim claim(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint, Duration ttl) {
        Claim found = find(jdbc, FIND, id);
        return found != null ? found : withoutWaiting(jdbc, () -> insert(jdbc, id, fingerprint, ttl));
    }

    private static Claim insert(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint, Duration ttl) {
        try {
            jdbc.update(CLAIM, id.bytes(), fingerprint.bytes(), micros(ttl));
            return Claim.GRANTED;
        } catch (DuplicateKeyException e) {
            Claim found = find(jdbc, FIND, id);
            if (found == null) {
                // Committed since the snapshot of this transaction, which PostgreSQL fails with 40001.
                throw new ConcurrencyFailureException("There is a record that this transaction cannot see", e);
            }
            return found;
        }
    }

    @Override
    boolean takeOver(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint, Duration ttl) {
        return Boolean.TRUE.equals(withoutWaiting(jdbc, () -> super.takeOver(jdbc, id, fingerprint, ttl)));
    }

    private static <T> @Nullable T withoutWaiting(JdbcTemplate jdbc, Supplier<@Nullable T> work) {
        Integer before = jdbc.queryForObject("SELECT LOCK_TIMEOUT()", Integer.class);
        jdbc.execute("SET LOCK_TIMEOUT 1");
        try {
            return work.get();
        } finally {
            jdbc.execute("SET LOCK_TIMEOUT " + before);
        }
    }

    @Override
    boolean isLocked(DataAccessException failure) {
        return failure.getCause() instanceof SQLException sql
                && (sql.getErrorCode() == LOCK_TIMEOUT || sql.getErrorCode() == CONCURRENT_UPDATE);
    }
}
