package io.plimsoll.spring.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** MariaDB. Nobody can tell there what is still running, so each poll begins at the beginning. */
class MariaDbOutboxDialect extends OutboxDialect {

    /** As many as the placeholders of a statement allow, with room to spare. */
    private static final int ROWS = 500;

    /** As many ids as a statement names. */
    private static final int IDS = 500;

    private static final String POLL = "SELECT * FROM (SELECT o.*, SUM(OCTET_LENGTH(payload)) OVER (ORDER BY id"
            + " ROWS UNBOUNDED PRECEDING) - OCTET_LENGTH(payload) AS bytes_before FROM (SELECT " + COLUMNS
            + " FROM plimsoll_outbox WHERE bucket = ? AND id >= ? AND %s ORDER BY id LIMIT ?) o) w WHERE bytes_before < ?"
            + " ORDER BY id";

    @Override
    String now() {
        return "UTC_TIMESTAMP(6)";
    }

    @Override
    String nowPlusMicros() {
        return "UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND";
    }

    @Override
    Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    @Override
    final void insert(JdbcTemplate jdbc, List<EventRow> rows) {
        for (int from = 0; from < rows.size(); from += ROWS) {
            List<EventRow> some = rows.subList(from, Math.min(from + ROWS, rows.size()));
            String values = "(?, NEXT VALUE FOR plimsoll_outbox_id, ?, ?, ?, ?, ?, ?, ?, " + now() + ")";
            List<Object> arguments = new ArrayList<>();
            for (EventRow row : some) {
                Collections.addAll(
                        arguments,
                        row.bucket(),
                        bytes(row.eventId()),
                        row.topic(),
                        row.key(),
                        row.type(),
                        row.version(),
                        row.headers(),
                        row.payload());
            }
            jdbc.update(
                    "INSERT INTO plimsoll_outbox (" + COLUMNS + ") VALUES "
                            + String.join(", ", Collections.nCopies(some.size(), values)),
                    arguments.toArray());
        }
    }

    @Override
    final Poll poll(JdbcTemplate jdbc, List<Lane> lanes, TopicFilter filter, int limit, long maxBytes) {
        List<StoredEvent> events = new ArrayList<>();
        for (Lane lane : lanes) {
            List<Object> arguments = new ArrayList<>(List.of(lane.bucket(), lane.floor()));
            arguments.addAll(filter.topics());
            arguments.add(limit);
            arguments.add(maxBytes);
            events.addAll(jdbc.query(POLL.formatted(filter.sql()), (row, number) -> event(row), arguments.toArray()));
        }
        return new Poll(events, -1);
    }

    @Override
    final void delete(JdbcTemplate jdbc, int bucket, List<Long> ids) {
        for (int from = 0; from < ids.size(); from += IDS) {
            List<Long> some = ids.subList(from, Math.min(from + IDS, ids.size()));
            List<Object> arguments = new ArrayList<>();
            arguments.add(bucket);
            arguments.addAll(some);
            jdbc.update(
                    "DELETE FROM plimsoll_outbox WHERE bucket = ? AND id IN ("
                            + String.join(", ", Collections.nCopies(some.size(), "?")) + ")",
                    arguments.toArray());
        }
    }
}
