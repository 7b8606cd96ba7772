package io.plimsoll.spring.idempotency;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * H2. The insert itself is the lock, as on MariaDB; a statement cannot bring its own lock timeout along, so the
 * session's is set and set back, which costs no round trip in a database of the same process.
 */
final class H2Dialect extends Dialect {

    private static final int LOCK_TIMEOUT = 50200;
    private static final int CONCURRENT_UPDATE = 90131;

    private static final String CLAIM = """
            INSERT INTO plimsoll_idempotency (id, fingerprint, expires_at)
            VALUES (?, ?, DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP))""";

    private static final String FIND = """
            SELECT fingerprint, outcome, expires_at <= CURRENT_TIMESTAMP AS expired
            FROM plimsoll_idempotency WHERE id = ?""";

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
