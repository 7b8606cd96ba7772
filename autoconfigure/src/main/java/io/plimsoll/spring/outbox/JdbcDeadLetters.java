package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.DeadLetter;
import io.plimsoll.outbox.DeadLetters;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The dead letters in {@code plimsoll_outbox_held}. In transactions of its own, whoever calls. Thread-safe. */
final class JdbcDeadLetters implements DeadLetters {

    private static final String DEAD = " FROM plimsoll_outbox_held WHERE died_at IS NOT NULL";
    private static final String LETTER = OutboxDialect.COLUMNS + ", reason, died_at";

    private static final Comparator<HeldKey> ORDER =
            Comparator.comparing(HeldKey::bucket).thenComparing(HeldKey::hash);

    private final OutboxStore store;

    JdbcDeadLetters(OutboxStore store) {
        this.store = store;
    }

    @Override
    public List<DeadLetter> list(@Nullable String topic, @Nullable UUID after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit is " + limit + ", and must be positive");
        }
        List<Object> arguments = new ArrayList<>();
        String conditions = "";
        if (topic != null) {
            conditions += " AND topic = ?";
            arguments.add(topic);
        }
        if (after != null) {
            conditions += " AND (bucket, key_hash, id) > (SELECT bucket, key_hash, id" + DEAD + " AND event_id = ?)";
            arguments.add(OutboxDialect.bytes(after));
        }
        arguments.add(limit);
        String sql = "SELECT " + LETTER + DEAD + conditions + " ORDER BY bucket, key_hash, id LIMIT ?";
        return store.apart().statementByStatement(jdbc -> jdbc.query(sql, this::letter, arguments.toArray()));
    }

    private DeadLetter letter(ResultSet row, int number) throws SQLException {
        StoredEvent event = store.dialect().event(row);
        return new DeadLetter(
                event.row().eventId(),
                event.row().topic(),
                event.row().key(),
                event.row().type(),
                event.row().version(),
                String.valueOf(row.getString("reason")),
                event.occurredAt(),
                store.dialect().instant(row, "died_at"));
    }

    @Override
    public long count() {
        return store.apart().statementByStatement(jdbc -> {
            Long count = jdbc.queryForObject("SELECT COUNT(*)" + DEAD, Long.class);
            return count == null ? 0 : count;
        });
    }

    @Override
    public int replay(String topic, @Nullable String key) {
        return inTransaction(jdbc -> {
            List<OutboxMessage> dead = key == null
                    ? find(jdbc, " AND topic = ? AND event_key IS NULL", topic)
                    : find(jdbc, " AND topic = ? AND event_key = ?", topic, key);
            return replay(jdbc, dead);
        });
    }

    /** Replays the key of a dead letter. */
    int replayKeyOf(UUID id) {
        return inTransaction(jdbc -> {
            List<OutboxMessage> dead = find(jdbc, " AND event_id = ?", OutboxDialect.bytes(id));
            return replay(jdbc, dead);
        });
    }

    private int replay(JdbcTemplate jdbc, List<OutboxMessage> dead) {
        HeldTable table = store.held();
        int replayed = 0;
        for (Map.Entry<HeldKey, List<OutboxMessage>> each : byKey(dead).entrySet()) {
            HeldKey key = each.getKey();
            if (table.lock(jdbc, key) == null) {
                table.hold(jdbc, key, each.getValue().get(0));
            }
            replayed += table.revive(jdbc, key);
            table.postpone(jdbc, key, 0, Duration.ZERO);
        }
        return replayed;
    }

    @Override
    public int discard(Collection<UUID> ids) {
        return inTransaction(jdbc -> {
            List<OutboxMessage> dead = new ArrayList<>();
            ids.forEach(id -> dead.addAll(find(jdbc, " AND event_id = ?", OutboxDialect.bytes(id))));
            HeldTable table = store.held();
            int discarded = 0;
            for (Map.Entry<HeldKey, List<OutboxMessage>> each : byKey(dead).entrySet()) {
                HeldKey key = each.getKey();
                HeldTable.State state = table.lock(jdbc, key);
                discarded += table.delete(
                        jdbc,
                        key,
                        each.getValue().stream().map(OutboxMessage::id).toList());
                if (state != null && state.parked() && !table.has(jdbc, key)) {
                    table.release(jdbc, key);
                }
            }
            return discarded;
        });
    }

    private List<OutboxMessage> find(JdbcTemplate jdbc, String condition, Object... arguments) {
        return jdbc.query(
                "SELECT " + OutboxDialect.COLUMNS + DEAD + condition,
                (row, number) -> store.dialect().event(row).message(0),
                arguments);
    }

    /** In one order for all who lock several. */
    private static Map<HeldKey, List<OutboxMessage>> byKey(List<OutboxMessage> messages) {
        return messages.stream()
                .collect(Collectors.groupingBy(HeldKey::of, () -> new TreeMap<>(ORDER), Collectors.toList()));
    }

    private <T> T inTransaction(Function<JdbcTemplate, T> work) {
        return store.apart().inTransaction(Connection.TRANSACTION_READ_COMMITTED, (jdbc, status) -> work.apply(jdbc));
    }
}
