package io.plimsoll.spring.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL. */
final class PostgresOutboxDialect extends OutboxDialect {

    /**
     * One statement for any number of events. The transaction has its id before an event has one, which {@link Horizon} lives
     * by: by a dependency of the data, and not by how the plan happens to go. What an asynchronous commit would show before it
     * is durable could be delivered and forgotten: it is made synchronous.
     */
    private static final String INSERT = """
            WITH x AS MATERIALIZED (
                SELECT pg_current_xact_id() AS xid, clock_timestamp() AS at,
                    CASE WHEN current_setting('synchronous_commit') = 'off'
                        THEN set_config('synchronous_commit', 'on', true) END AS durable)
            INSERT INTO plimsoll_outbox (
                bucket, id, event_id, topic, event_key, event_type, event_version, headers, payload, occurred_at)
            SELECT s.bucket, CASE WHEN s.xid IS NOT NULL THEN nextval('plimsoll_outbox_id') END,
                s.event_id, s.topic, s.event_key, s.event_type, s.event_version, s.headers, s.payload, s.at
            FROM (
                SELECT x.xid, x.at, u.* FROM x CROSS JOIN unnest(
                    ?::int[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::bytea[])
                WITH ORDINALITY AS u (
                    bucket, event_id, topic, event_key, event_type, event_version, headers, payload, n)
                ORDER BY u.n) s""";

    /**
     * For this transaction alone. A plan that was made while the table was empty would otherwise go on reading all of it, and
     * dead rows again and again.
     */
    private static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true),"
            + " set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true);";

    /** In one round trip, and one transaction. */
    private static final String POLL = BY_INDEX + """
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin, r.* FROM (VALUES (1)) one LEFT JOIN (
                SELECT w.* FROM unnest(?::int[], ?::bigint[]) AS b (bucket, floor) CROSS JOIN LATERAL (
                    SELECT o.*, sum(octet_length(o.payload)) OVER (ORDER BY o.id ROWS UNBOUNDED PRECEDING)
                        - octet_length(o.payload) AS before
                    FROM (
                        SELECT bucket, id, event_id, topic, event_key, event_type, event_version, headers, payload,
                            occurred_at
                        FROM plimsoll_outbox WHERE bucket = b.bucket AND id >= b.floor AND %s ORDER BY id LIMIT ?) o) w
                WHERE w.before < ?) r ON true""";

    private static final String DELETE = "DELETE FROM plimsoll_outbox WHERE bucket = ? AND id = ANY (?)";

    @Override
    String now() {
        return "clock_timestamp()";
    }

    @Override
    String nowPlusMicros() {
        return "clock_timestamp() + ? * interval '1 microsecond'";
    }

    @Override
    void insert(JdbcTemplate jdbc, List<EventRow> rows) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                Object[][] columns = columns(rows);
                for (int i = 0; i < columns.length; i++) {
                    insert.setArray(i + 1, connection.createArrayOf(TYPES[i], columns[i]));
                }
                return insert.execute();
            }
        });
    }

    private static final String[] TYPES = {"int4", "bytea", "text", "text", "text", "int4", "text", "bytea"};

    private static @Nullable Object[][] columns(List<EventRow> rows) {
        return new @Nullable Object[][] {
            rows.stream().map(EventRow::bucket).toArray(Integer[]::new),
            rows.stream().map(row -> bytes(row.eventId())).toArray(byte[][]::new),
            rows.stream().map(EventRow::topic).toArray(String[]::new),
            rows.stream().map(EventRow::key).toArray(String[]::new),
            rows.stream().map(EventRow::type).toArray(String[]::new),
            rows.stream().map(EventRow::version).toArray(Integer[]::new),
            rows.stream().map(EventRow::headers).toArray(String[]::new),
            rows.stream().map(EventRow::payload).toArray(byte[][]::new)
        };
    }

    @Override
    Poll poll(JdbcTemplate jdbc, List<Lane> lanes, TopicFilter filter, int limit, long maxBytes) {
        return jdbc.execute((ConnectionCallback<Poll>) connection -> poll(connection, lanes, filter, limit, maxBytes));
    }

    private Poll poll(Connection connection, List<Lane> lanes, TopicFilter filter, int limit, long maxBytes)
            throws SQLException {
        try (PreparedStatement poll = connection.prepareStatement(POLL.formatted(filter.sql()))) {
            poll.setArray(
                    1,
                    connection.createArrayOf(
                            "int4", lanes.stream().map(Lane::bucket).toArray(Integer[]::new)));
            poll.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", lanes.stream().map(Lane::floor).toArray(Long[]::new)));
            int next = 3;
            for (String topic : filter.topics()) {
                poll.setString(next++, topic);
            }
            poll.setInt(next++, limit);
            poll.setLong(next, maxBytes);
            poll.execute();
            poll.getMoreResults(); // What was set is of no interest.
            try (ResultSet rows = poll.getResultSet()) {
                List<StoredEvent> events = new ArrayList<>();
                long xmin = -1;
                while (rows.next()) {
                    xmin = rows.getLong("xmin");
                    rows.getLong("id");
                    if (!rows.wasNull()) {
                        events.add(event(rows));
                    }
                }
                return new Poll(events, xmin);
            }
        }
    }

    @Override
    void delete(JdbcTemplate jdbc, int bucket, List<Long> ids) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            try (PreparedStatement delete = connection.prepareStatement(BY_INDEX + DELETE)) {
                Array all = connection.createArrayOf("int8", ids.toArray(Long[]::new));
                delete.setInt(1, bucket);
                delete.setArray(2, all);
                return delete.execute();
            }
        });
    }
}
