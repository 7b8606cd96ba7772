package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
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

    /** Whether somebody holds a lease on a record. Only its mode may tell whether that has run out. */
    static final String HELD = "(owner IS NOT NULL AND outcome IS NULL)";

    /** Whether the holder of a lease has not been heard of within it. */
    final String silent() {
        return "(lease_until <= " + now() + " AND NOT EXISTS (SELECT 1 FROM plimsoll_idempotency_heartbeat h"
                + " WHERE h.owner = plimsoll_idempotency.owner AND h.lease_until > " + now() + "))";
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
        String sql = noWait() + "UPDATE plimsoll_idempotency"
                + " SET fingerprint = ?, outcome = NULL, owner = NULL, lease_until = NULL, expires_at = "
                + nowPlusMicros() + " WHERE id = ? AND expires_at <= " + now() + " AND NOT " + HELD;
        return jdbc.update(sql, fingerprint.bytes(), micros(ttl), id.bytes()) == 1;
    }

    /**
     * Claims a key with a lease.
     *
     * @return the fencing token; null if there is a record
     */
    abstract @Nullable Long insertLease(JdbcTemplate jdbc, LeaseRow row);

    /**
     * Notes that the holder of a lease is alive.
     *
     * @return false if there is no such holder
     */
    abstract boolean beat(JdbcTemplate jdbc, RecordId id, Owner owner, Duration lease);

    /** Microseconds since 1970, as a number. */
    abstract String epochMicros();

    /**
     * Updates records that no transaction holds locked, without waiting.
     *
     * @return how many; zero as well if the record is locked
     */
    int updateUnlocked(JdbcTemplate jdbc, String set, String where, Object... arguments) {
        try {
            return jdbc.update(noWait() + "UPDATE plimsoll_idempotency SET " + set + " WHERE " + where, arguments);
        } catch (DataAccessException e) {
            if (isLocked(e)) {
                return 0;
            }
            throw e;
        }
    }

    /**
     * Ends a call by one statement, which also finds out whether anybody in another JVM waits for that.
     *
     * @param awaited run if so
     * @return how many records were changed
     */
    int end(JdbcTemplate jdbc, RecordId id, Runnable awaited, String sql, Object... arguments) {
        return jdbc.update(sql, arguments);
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

    /** @see TransactionalStore#isRunningWithOther */
    boolean isRunningWithOther(JdbcTemplate jdbc, RecordId id, Fingerprint fingerprint) {
        List<Fingerprint> running = jdbc.query(
                "SELECT fingerprint FROM plimsoll_idempotency WHERE id = ? AND outcome IS NULL",
                (row, number) -> Fingerprint.stored(row.getBytes("fingerprint")),
                (Object) id.bytes());
        return running.stream().anyMatch(fingerprint::differsFrom);
    }

    /** @param sql selects {@code fingerprint, outcome, held, expired} */
    static @Nullable Claim find(JdbcTemplate jdbc, String sql, RecordId id) {
        return DataAccessUtils.singleResult(jdbc.query(sql, (row, number) -> found(row), (Object) id.bytes()));
    }

    private static Claim found(ResultSet row) throws SQLException {
        if (row.getBoolean("held")) {
            return Claim.IN_FLIGHT; // Under a lease: the method was LEASE before, or still is in another instance.
        }
        return new Claim.Recorded(
                Fingerprint.stored(row.getBytes("fingerprint")), row.getBytes("outcome"), row.getBoolean("expired"));
    }

    static long micros(Duration ttl) {
        return Math.addExact(Math.multiplyExact(ttl.getSeconds(), 1_000_000L), ttl.getNano() / 1_000);
    }
}
