package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The events of keys that were taken out of the way, in {@code plimsoll_outbox_held}, and what is to become of each key, in
 * {@code plimsoll_outbox_key}. Whoever decides about a key locks its row there first. Stateless.
 */
final class HeldTable {

    /** As many ids as a statement names. */
    private static final int IDS = 500;

    private static final String NEXT = "SELECT * FROM (SELECT o.*, SUM(OCTET_LENGTH(payload)) OVER (ORDER BY id ROWS"
            + " UNBOUNDED PRECEDING) - OCTET_LENGTH(payload) AS bytes_before FROM (SELECT " + OutboxDialect.COLUMNS
            + " FROM plimsoll_outbox_held WHERE bucket = ? AND key_hash = ? AND died_at IS NULL ORDER BY id LIMIT ?) o) w"
            + " WHERE bytes_before < ? ORDER BY id";

    private static final int LONGEST_REASON = 1_000;

    /** When a key is due of which nobody expects anything: never. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final OutboxDialect dialect;

    HeldTable(OutboxDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * What is known of a key.
     *
     * @param parked whether its events were given up
     * @param attempts how often it was tried since something of it got through
     */
    record State(boolean parked, int attempts) {}

    /** Whether a bucket is still held in that epoch; it stays so until the transaction ends. */
    boolean owns(JdbcTemplate jdbc, Lanes.Held held) {
        return !jdbc.queryForList(
                        "SELECT bucket FROM plimsoll_outbox_bucket WHERE bucket = ? AND epoch = ? AND owner IS NOT NULL"
                                + " FOR UPDATE",
                        held.bucket(),
                        held.epoch())
                .isEmpty();
    }

    /** Locks a key. Null if it is not held. */
    @Nullable
    State lock(JdbcTemplate jdbc, HeldKey key) {
        List<State> found = jdbc.query(
                "SELECT parked, attempts FROM plimsoll_outbox_key WHERE bucket = ? AND key_hash = ? FOR UPDATE",
                (row, number) -> new State(row.getBoolean("parked"), row.getInt("attempts")),
                key.bucket(),
                hash(key));
        return found.isEmpty() ? null : found.get(0);
    }

    /** @param first the first event of it that is in the way; its key is kept for people to see */
    void hold(JdbcTemplate jdbc, HeldKey key, OutboxMessage first) {
        jdbc.update(
                "INSERT INTO plimsoll_outbox_key (bucket, key_hash, topic, event_key, parked, attempts, next_attempt_at)"
                        + " VALUES (?, ?, ?, ?, FALSE, 0, " + dialect.now() + ")",
                key.bucket(),
                hash(key),
                first.topic(),
                first.key());
    }

    /** When and how it goes on with a key. */
    void postpone(JdbcTemplate jdbc, HeldKey key, int attempts, Duration pause) {
        jdbc.update(
                "UPDATE plimsoll_outbox_key SET parked = FALSE, attempts = ?, next_attempt_at = "
                        + dialect.nowPlusMicros() + " WHERE bucket = ? AND key_hash = ?",
                attempts,
                OutboxDialect.micros(pause),
                key.bucket(),
                hash(key));
    }

    /** Gives up all of a key. */
    void park(JdbcTemplate jdbc, HeldKey key, String reason) {
        jdbc.update(
                "UPDATE plimsoll_outbox_key SET parked = TRUE, next_attempt_at = " + dialect.nowPlusMicros()
                        + " WHERE bucket = ? AND key_hash = ?",
                OutboxDialect.micros(NEVER),
                key.bucket(),
                hash(key));
        jdbc.update(
                "UPDATE plimsoll_outbox_held SET reason = ?, died_at = " + dialect.now()
                        + " WHERE bucket = ? AND key_hash = ? AND died_at IS NULL",
                clean(reason),
                key.bucket(),
                hash(key));
    }

    /** Gives up one event of a key. */
    void giveUp(JdbcTemplate jdbc, HeldKey key, long id, String reason) {
        jdbc.update(
                "UPDATE plimsoll_outbox_held SET reason = ?, died_at = " + dialect.now()
                        + " WHERE bucket = ? AND key_hash = ? AND id = ?",
                clean(reason),
                key.bucket(),
                hash(key),
                id);
    }

    /** A key goes on as any other. */
    void release(JdbcTemplate jdbc, HeldKey key) {
        jdbc.update("DELETE FROM plimsoll_outbox_key WHERE bucket = ? AND key_hash = ?", key.bucket(), hash(key));
    }

    /**
     * Takes events of a key out of the way, behind those that are there.
     *
     * @return how many: one that somebody has removed meanwhile is not
     */
    int move(JdbcTemplate jdbc, HeldKey key, List<Long> ids) {
        int moved = 0;
        for (List<Long> some : chunks(ids)) {
            List<Object> arguments = new ArrayList<>(List.of(hash(key), key.bucket()));
            arguments.addAll(some);
            String those = " FROM plimsoll_outbox WHERE bucket = ? AND id IN (" + placeholders(some) + ")";
            int copied = jdbc.update(
                    "INSERT INTO plimsoll_outbox_held (key_hash, " + OutboxDialect.COLUMNS + ") SELECT ?, "
                            + OutboxDialect.COLUMNS + those,
                    arguments.toArray());
            int deleted = jdbc.update(
                    "DELETE" + those, arguments.subList(1, arguments.size()).toArray());
            if (copied != deleted) {
                throw new IncorrectUpdateSemanticsDataAccessException(
                        "Of the events of a key " + copied + " were copied and " + deleted + " deleted");
            }
            moved += copied;
        }
        return moved;
    }

    /** @return how many of them were there */
    int delete(JdbcTemplate jdbc, HeldKey key, List<Long> ids) {
        int deleted = 0;
        for (List<Long> some : chunks(ids)) {
            List<Object> arguments = new ArrayList<>(List.of(key.bucket(), hash(key)));
            arguments.addAll(some);
            deleted += jdbc.update(
                    "DELETE FROM plimsoll_outbox_held WHERE bucket = ? AND key_hash = ? AND id IN ("
                            + placeholders(some) + ")",
                    arguments.toArray());
        }
        return deleted;
    }

    /** Whether something of a key still waits to be delivered. */
    boolean waits(JdbcTemplate jdbc, HeldKey key) {
        return !next(jdbc, key, 1, 1, 0).isEmpty();
    }

    /**
     * The next events of a key.
     *
     * @param maxBytes after how much payload no further event is read; one is, however long it is
     */
    List<OutboxMessage> next(JdbcTemplate jdbc, HeldKey key, int limit, long maxBytes, long epoch) {
        return jdbc.query(
                NEXT, (row, number) -> dialect.event(row).message(epoch), key.bucket(), hash(key), limit, maxBytes);
    }

    /**
     * The keys of buckets that are due.
     *
     * @param buckets not empty
     */
    List<HeldKey> due(JdbcTemplate jdbc, Collection<Integer> buckets, TopicFilter filter, int limit) {
        List<Object> arguments = new ArrayList<>(buckets);
        arguments.addAll(filter.topics());
        arguments.add(limit);
        return jdbc.query(
                "SELECT bucket, key_hash, topic, event_key FROM plimsoll_outbox_key WHERE bucket IN ("
                        + placeholders(buckets) + ") AND next_attempt_at <= " + dialect.now() + " AND " + filter.sql()
                        + " ORDER BY next_attempt_at LIMIT ?",
                HeldTable::key,
                arguments.toArray());
    }

    /** Which of some keys are held. Nothing is remembered: whoever decides about a key may be somebody else. */
    Set<HeldKey> among(JdbcTemplate jdbc, Set<HeldKey> keys) {
        Set<HeldKey> held = new HashSet<>();
        Map<Integer, List<HeldKey>> byBucket = keys.stream().collect(Collectors.groupingBy(HeldKey::bucket));
        byBucket.forEach((bucket, some) -> {
            for (List<HeldKey> chunk : chunks(some)) {
                List<Object> arguments = new ArrayList<>();
                arguments.add(bucket);
                chunk.forEach(key -> arguments.add(hash(key)));
                held.addAll(jdbc.query(
                        "SELECT bucket, key_hash, topic, event_key FROM plimsoll_outbox_key WHERE bucket = ? AND key_hash IN ("
                                + placeholders(chunk) + ")",
                        HeldTable::key,
                        arguments.toArray()));
            }
        });
        return held;
    }

    /** Those of some buckets of which any key is held: hardly ever one. */
    Set<Integer> withHeldKeys(JdbcTemplate jdbc, Collection<Integer> buckets) {
        return buckets.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.queryForList(
                        "SELECT b.bucket FROM plimsoll_outbox_bucket b WHERE b.bucket IN (" + placeholders(buckets)
                                + ") AND EXISTS (SELECT 1 FROM plimsoll_outbox_key k WHERE k.bucket = b.bucket)",
                        Integer.class,
                        buckets.toArray()));
    }

    /** Waits for a decision about a bucket that is still being committed, though its connection broke. */
    void awaitDecisions(JdbcTemplate jdbc, int bucket) {
        jdbc.queryForList("SELECT bucket FROM plimsoll_outbox_bucket WHERE bucket = ? FOR UPDATE", bucket);
    }

    private static HeldKey key(ResultSet row, int number) throws SQLException {
        return new HeldKey(
                row.getInt("bucket"),
                HexFormat.of().formatHex(row.getBytes("key_hash")),
                row.getString("topic"),
                row.getString("event_key") == null);
    }

    /** What every database takes. */
    private static String clean(String reason) {
        String text = reason.replace("\0", "");
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }

    private static byte[] hash(HeldKey key) {
        return HexFormat.of().parseHex(key.hash());
    }

    /** Whether anything of a key is here, dead or not. */
    boolean has(JdbcTemplate jdbc, HeldKey key) {
        return !jdbc.queryForList(
                        "SELECT id FROM plimsoll_outbox_held WHERE bucket = ? AND key_hash = ? LIMIT 1",
                        key.bucket(),
                        hash(key))
                .isEmpty();
    }

    /** @return how many dead letters of a key wait to be delivered again */
    int revive(JdbcTemplate jdbc, HeldKey key) {
        return jdbc.update(
                "UPDATE plimsoll_outbox_held SET died_at = NULL, reason = NULL WHERE bucket = ? AND key_hash = ? AND"
                        + " died_at IS NOT NULL",
                key.bucket(),
                hash(key));
    }

    private static String placeholders(Collection<?> of) {
        return String.join(", ", Collections.nCopies(of.size(), "?"));
    }

    private static <T> List<List<T>> chunks(List<T> ids) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS) {
            chunks.add(ids.subList(from, Math.min(from + IDS, ids.size())));
        }
        return chunks;
    }
}
