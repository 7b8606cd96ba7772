package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.spring.jdbc.Apart;
import io.plimsoll.spring.jdbc.Database;
import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.function.SingletonSupplier;

/** The tables of the outbox, and what is known of them. Looked for when first needed. Thread-safe. */
final class OutboxStore {

    private final Supplier<StoreDataSource> source;
    private final Supplier<OutboxDialect> dialect;
    private final Supplier<Buckets> buckets;
    private final Map<String, String> topics = new ConcurrentHashMap<>();
    private final AtomicBoolean used = new AtomicBoolean();
    private final List<Runnable> firstUse = new CopyOnWriteArrayList<>();

    OutboxStore(Supplier<StoreDataSource> source) {
        this.source = SingletonSupplier.of(source);
        this.dialect = SingletonSupplier.of(() -> OutboxDialect.of(source().database()));
        this.buckets = SingletonSupplier.of(this::countBuckets);
    }

    StoreDataSource source() {
        return source.get();
    }

    OutboxDialect dialect() {
        return dialect.get();
    }

    HeldTable held() {
        return new HeldTable(dialect());
    }

    Buckets buckets() {
        return buckets.get();
    }

    /** Whether the database tells which transactions are still running. */
    boolean hasHorizon() {
        return source().database() == Database.POSTGRESQL;
    }

    Apart apart() {
        return new Apart(source());
    }

    /**
     * Writes events in the transaction of the thread, which is about to commit.
     *
     * @throws IllegalStateException if it is none on the DataSource of the outbox
     */
    void write(List<EventRow> events) {
        if (!source().isInTransaction()) {
            throw new IllegalStateException(
                    "The transaction that is about to commit is none on the DataSource of the outbox,"
                            + " so it could not take its " + events.size()
                            + " events along. Publish in a transaction of that"
                            + " DataSource.");
        }
        dialect().insert(new JdbcTemplate(source().dataSource()), events);
    }

    /**
     * Removes messages of one bucket in the transaction of the thread: all that are waiting in their turn, or all that are out of
     * the way.
     *
     * @return how many were there
     */
    int remove(List<OutboxMessage> messages) {
        JdbcTemplate jdbc = new JdbcTemplate(source().dataSource());
        int bucket = messages.get(0).bucket();
        List<Long> ids = messages.stream().map(OutboxMessage::id).toList();
        List<Object> arguments = new ArrayList<>(ids);
        arguments.add(0, bucket);
        int removed = jdbc.update(
                "DELETE FROM plimsoll_outbox WHERE bucket = ? AND id IN ("
                        + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")",
                arguments.toArray());
        return removed > 0 ? removed : held().delete(jdbc, HeldKey.of(messages.get(0)), ids);
    }

    /** Whether the database does. */
    boolean answers() {
        try {
            return apart().statementByStatement(jdbc -> jdbc.queryForList("SELECT 1", Integer.class))
                            .size()
                    == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }

    /** Somebody publishes or listens here, so that the tables are needed. */
    void use() {
        if (used.compareAndSet(false, true)) {
            firstUse.forEach(Runnable::run);
        }
    }

    /**
     * Somebody publishes to a topic.
     *
     * @param method for people
     */
    void use(String topic, String method) {
        topics.put(topic, method);
        use();
    }

    /** The topics that methods publish to, and one method of each. */
    Map<String, String> topics() {
        return topics;
    }

    boolean isUsed() {
        return used.get();
    }

    void onFirstUse(Runnable action) {
        firstUse.add(action);
    }

    /** @throws BrokenPromiseException if there are none */
    private Buckets countBuckets() {
        Integer count;
        try {
            count = apart().statementByStatement(OutboxStore::count);
        } catch (InvalidDataAccessResourceUsageException e) {
            throw missing("are not there: " + e.getMostSpecificCause().getMessage());
        }
        if (count == 0) {
            throw missing("have no buckets: plimsoll_outbox_bucket is empty");
        }
        return new Buckets(count);
    }

    private static Integer count(JdbcTemplate jdbc) {
        jdbc.query("SELECT " + OutboxDialect.COLUMNS + " FROM plimsoll_outbox WHERE 1 = 0", row -> {});
        jdbc.query("SELECT id, name, expires_at FROM plimsoll_outbox_instance WHERE 1 = 0", row -> {});
        jdbc.query("SELECT key_hash, attempts, next_attempt_at FROM plimsoll_outbox_key WHERE 1 = 0", row -> {});
        jdbc.query("SELECT " + OutboxDialect.COLUMNS + ", died_at FROM plimsoll_outbox_held WHERE 1 = 0", row -> {});
        Integer count = jdbc.queryForObject("SELECT COUNT(*) FROM plimsoll_outbox_bucket", Integer.class);
        return count == null ? 0 : count;
    }

    private static BrokenPromiseException missing(String what) {
        return new BrokenPromiseException(
                "The tables of the outbox " + what + ".",
                "Set plimsoll.jdbc.initialize-schema=always, or give the script of your database to Flyway or Liquibase:"
                        + " io/plimsoll/spring/outbox/schema-{postgresql,mariadb,h2}.sql in"
                        + " plimsoll-spring-boot-autoconfigure.");
    }
}
