package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.jdbc.Apart;
import java.sql.Connection;
import java.util.List;
import java.util.function.Supplier;

/** Deletes what is no longer needed, on a connection of its own, past what others hold locked. */
final class JdbcRetention {

    private final Apart apart;
    private final Supplier<Dialect> dialect;

    JdbcRetention(Apart apart, Supplier<Dialect> dialect) {
        this.apart = apart;
        this.dialect = dialect;
    }

    /** @return how many records, at most {@code limit}; those of heartbeats do not count */
    int deleteExpired(int limit) {
        String now = dialect.get().now();
        String expired = "SELECT id FROM plimsoll_idempotency WHERE expires_at <= " + now
                + " AND (NOT " + Dialect.HELD + " OR " + dialect.get().silent() + ") ORDER BY expires_at LIMIT "
                + limit + " FOR UPDATE SKIP LOCKED";
        return apart.inTransaction(Connection.TRANSACTION_READ_COMMITTED, (own, status) -> {
            List<Object[]> ids = own.query(expired, (row, number) -> new Object[] {row.getBytes(1)});
            own.batchUpdate("DELETE FROM plimsoll_idempotency WHERE id = ?", ids);
            own.update("DELETE FROM plimsoll_idempotency_heartbeat WHERE lease_until <= " + now);
            return ids.size();
        });
    }
}
