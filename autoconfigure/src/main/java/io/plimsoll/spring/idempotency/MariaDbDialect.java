package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * MariaDB. The insert itself is the lock: with a lock wait of zero it answers at once whether another call holds the
 * key. (A locking read of a row that is not there yet would let two calls pass and then deadlock.)
 */
final class MariaDbDialect extends Dialect {

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int RECORD_CHANGED = 1020;

    private static final String NO_WAIT = "SET STATEMENT innodb_lock_wait_timeout=0 FOR ";

    private static final String EPOCH_MICROS = "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))";

    private static final String CLAIM = NO_WAIT + """
            INSERT IGNORE INTO plimsoll_idempotency (id, fingerprint, expires_at)
            VALUES (?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)""";

    /** A locking read: under REPEATABLE READ a plain one would not see what was committed since the snapshot. */
    private static final String FIND = NO_WAIT + """
            SELECT fingerprint, outcome, owner IS NOT NULL AND outcome IS NULL AS held, expires_at <= UTC_TIMESTAMP(6) AS expired
            FROM plimsoll_idempotency WHERE id = ? LOCK IN SHARE MODE""";

    private static final String INSERT_LEASE = NO_WAIT + """
            INSERT IGNORE INTO plimsoll_idempotency (id, fingerprint, expires_at, owner, lease_until, fence)
            VALUES (?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND, %s)
            RETURNING fence""".formatted(EPOCH_MICROS);

    private static final String BEAT = NO_WAIT + """
            INSERT INTO plimsoll_idempotency_heartbeat (owner, lease_until)
            SELECT owner, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND FROM plimsoll_idempotency
            WHERE id = ? AND owner = ? AND outcome IS NULL
            ON DUPLICATE KEY UPDATE lease_until = VALUES(lease_until)""";

    @Override
    String epochMicros() {
        return EPOCH_MICROS;
    }

    @Override
    @Nullable
    Long insertLease(JdbcTemplate jdbc, LeaseRow row) {
        try {
            return DataAccessUtils.singleResult(jdbc.queryForList(INSERT_LEASE, Long.class, row.columns()));
        } catch (DataAccessException e) {
            if (isLocked(e)) {
                return null; // There is a record, and its holder is at a commit.
            }
            throw e;
        }
    }

    @Override
    boolean beat(JdbcTemplate jdbc, RecordId id, Owner owner, Duration lease) {
        try {
            return jdbc.update(BEAT, micros(lease), id.bytes(), owner.bytes()) > 0;
        } catch (DataAccessException e) {
            if (isLocked(e)) {
                return true; // The holder is at a commit: it is alive, and asks for itself.
            }
            throw e;
        }
    }

    @Override
    String now() {
        return "UTC_TIMESTAMP(6)";
    }

    @Override
    String nowPlusMicros() {
        return "UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND";
    }

    @Override
    @Nullable
    Claim claim(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint, Duration ttl) {
        try {
            boolean inserted = jdbc.update(CLAIM, id.bytes(), fingerprint.bytes(), micros(ttl)) == 1;
            return inserted ? Claim.GRANTED : find(jdbc, FIND, id);
        } catch (UncategorizedSQLException e) {
            if (hasCode(e, RECORD_CHANGED)) {
                // With innodb_snapshot_isolation, the default from 11.6.2 on, it is what 40001 is to PostgreSQL.
                throw new ConcurrencyFailureException("There is a record that this transaction cannot see", e);
            }
            throw e;
        }
    }

    @Override
    String noWait() {
        return NO_WAIT;
    }

    @Override
    boolean isLocked(DataAccessException failure) {
        return hasCode(failure, LOCK_WAIT_TIMEOUT);
    }

    private static boolean hasCode(DataAccessException failure, int code) {
        return failure.getCause() instanceof SQLException sql && sql.getErrorCode() == code;
    }
}
