package io.plimsoll.spring.outbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which buckets this instance delivers for. Each take-over is a compare-and-set on the bucket's epoch: of two that found it
 * free one gets it, and one that looked before somebody else took it gets nothing. Confined to one thread.
 */
final class BucketLeases {

    private static final String LOOK = """
            SELECT b.bucket, b.owner, b.epoch, i.id IS NULL AS free
            FROM plimsoll_outbox_bucket b LEFT JOIN plimsoll_outbox_instance i ON i.id = b.owner""";

    private static final String CLAIM =
            "UPDATE plimsoll_outbox_bucket SET owner = ?, epoch = epoch + 1 WHERE bucket = ? AND epoch = ?";

    private static final String HAND_BACK =
            "UPDATE plimsoll_outbox_bucket SET owner = NULL WHERE bucket = ? AND owner = ? AND epoch = ?";

    private final OutboxStore store;
    private final Membership self;
    private final Map<Integer, Long> epochs = new HashMap<>();

    BucketLeases(OutboxStore store, Membership self) {
        this.store = store;
        this.self = self;
    }

    /** Those that it has, with the epoch of each. */
    Map<Integer, Long> held() {
        return Map.copyOf(epochs);
    }

    /** The membership has ended: nothing is held any more. */
    void lost() {
        epochs.clear();
    }

    private record Bucket(int number, @Nullable UUID owner, long epoch, boolean free) {}

    /**
     * Takes free buckets up to its fair share, and forgets what is not its own any more.
     *
     * @return how many it has too many: to be handed back, each once nothing of it is under way
     */
    int balance() {
        return store.apart().statementByStatement(this::balance);
    }

    private int balance(JdbcTemplate jdbc) {
        List<Bucket> all = jdbc.query(LOOK, (row, number) -> {
            byte[] owner = row.getBytes("owner");
            return new Bucket(
                    row.getInt("bucket"),
                    owner == null ? null : OutboxDialect.uuid(owner),
                    row.getLong("epoch"),
                    row.getBoolean("free"));
        });
        epochs.clear();
        List<Bucket> free = new ArrayList<>();
        for (Bucket bucket : all) {
            if (self.id().equals(bucket.owner())) {
                epochs.put(bucket.number(), bucket.epoch());
            } else if (bucket.free()) {
                free.add(bucket);
            }
        }
        Integer alive = jdbc.queryForObject("SELECT COUNT(*) FROM plimsoll_outbox_instance", Integer.class);
        int instances = alive == null || alive == 0 ? 1 : alive;
        int share = (all.size() + instances - 1) / instances;
        Collections.shuffle(free); // So that those who look at once do not all want the same.
        for (Bucket bucket : free) {
            if (epochs.size() >= share) {
                break;
            }
            claim(jdbc, bucket);
        }
        return Math.max(0, epochs.size() - share);
    }

    private void claim(JdbcTemplate jdbc, Bucket bucket) {
        int claimed = jdbc.update(CLAIM, OutboxDialect.bytes(self.id()), bucket.number(), bucket.epoch());
        if (claimed == 1) {
            epochs.put(bucket.number(), bucket.epoch() + 1);
        }
    }

    /** Lets somebody else have a bucket. Nothing of it may be under way. */
    void handBack(int bucket) {
        Long epoch = epochs.remove(bucket);
        if (epoch != null) {
            store.apart()
                    .statementByStatement(
                            jdbc -> jdbc.update(HAND_BACK, bucket, OutboxDialect.bytes(self.id()), epoch));
        }
    }
}
