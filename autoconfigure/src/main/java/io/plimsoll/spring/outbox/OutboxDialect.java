package io.plimsoll.spring.outbox;

import io.plimsoll.spring.jdbc.Database;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The SQL of the outbox that differs between databases. Stateless. */
abstract class OutboxDialect {

    static final String COLUMNS =
            "bucket, id, event_id, topic, event_key, event_type, event_version, headers, payload," + " occurred_at";

    static OutboxDialect of(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresOutboxDialect();
            case MARIADB -> new MariaDbOutboxDialect();
            case H2 -> new H2OutboxDialect();
        };
    }

    /** The time of the database, as it goes on during a statement's wait for a lock where there is one that does. */
    abstract String now();

    /** {@link #now()} plus a number of microseconds, which is a parameter. */
    abstract String nowPlusMicros();

    /**
     * Writes events in the running transaction, with ids in their order. In one statement on PostgreSQL, in one for each
     * five hundred elsewhere.
     */
    abstract void insert(JdbcTemplate jdbc, List<EventRow> rows);

    /**
     * Reads the next events of buckets, by their ids.
     *
     * @param filter events of which topics
     * @param limit how many of each at most
     * @param maxBytes after how much payload of a bucket no further event of it is read; one is, however long it is
     */
    abstract Poll poll(JdbcTemplate jdbc, List<Lane> lanes, TopicFilter filter, int limit, long maxBytes);

    /** Deletes what was delivered. Conditional on nothing: what was delivered is delivered, whoever says so. */
    abstract void delete(JdbcTemplate jdbc, int bucket, List<Long> ids);

    final StoredEvent event(ResultSet row) throws SQLException {
        EventRow event = new EventRow(
                row.getInt("bucket"),
                uuid(row.getBytes("event_id")),
                row.getString("topic"),
                row.getString("event_key"),
                row.getString("event_type"),
                row.getInt("event_version"),
                row.getString("headers"),
                row.getBytes("payload"));
        return new StoredEvent(row.getLong("id"), instant(row, "occurred_at"), event);
    }

    Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
