package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.jdbc.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How a database claims a key without waiting for another call. Stateless.
 *
 * <p>What is not abstract is for databases on which the insert itself is the lock, and on which a reader may see what is
 * not committed yet.
 */
abstract class Dialect {

    static Dialect of(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresDialect();
            case MARIADB -> new MariaDbDialect();
            case H2 -> new H2Dialect();
        };
    }

    /** The time of the database, to which every ttl is held. */
    abstract String now();

    /** {@link #now()} plus a number of microseconds, which is a parameter. */
    abstract String nowPlusMicros();

    /**
     * Claims a key in the running transaction, without waiting.
     *
     * @return null if the record vanished while it was looked at: ask again
     */
    abstract @Nullable Claim claim(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint, Duration ttl);

    /**
     * Claims a record whose time is over: it belongs to whoever comes first.
     *
     * @return false if somebody else came first
     */
    boolean takeOver(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint, Duration ttl) {
        String sql = noWait() + "UPDATE plimsoll_idempotency SET fingerprint = ?, outcome = NULL, expires_at = "
                + nowPlusMicros() + " WHERE id = ? AND expires_at <= " + now();
        return jdbc.update(sql, fingerprint.bytes(), micros(ttl), id.bytes()) == 1;
    }

    /** What a statement begins with that is not to wait for a lock. */
    String noWait() {
        return "";
    }

    /** Whether a statement failed because another transaction holds the record. */
    abstract boolean isLocked(DataAccessException failure);

    /** Which isolation level lets {@link #isRunningWithOther} see a running call. */
    int isolationToLookIntoOthers() {
        return Connection.TRANSACTION_READ_UNCOMMITTED;
    }

    /** @see IdempotencyStore#isRunningWithOther */
    boolean isRunningWithOther(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint) {
        List<Fingerprint> running = jdbc.query(
                "SELECT fingerprint FROM plimsoll_idempotency WHERE id = ? AND outcome IS NULL",
                (row, number) -> Fingerprint.stored(row.getBytes("fingerprint")),
                (Object) id.bytes());
        return running.stream().anyMatch(fingerprint::differsFrom);
    }

    static Claim.@Nullable Recorded find(JdbcTemplate jdbc, String sql, RecordId id) {
        return DataAccessUtils.singleResult(jdbc.query(sql, (row, number) -> recorded(row), (Object) id.bytes()));
    }

    static Claim.Recorded recorded(ResultSet row) throws SQLException {
        return new Claim.Recorded(
                Fingerprint.stored(row.getBytes("fingerprint")), row.getBytes("outcome"), row.getBoolean("expired"));
    }

    static long micros(Duration ttl) {
        return Math.addExact(Math.multiplyExact(ttl.getSeconds(), 1_000_000L), ttl.getNano() / 1_000);
    }
}
