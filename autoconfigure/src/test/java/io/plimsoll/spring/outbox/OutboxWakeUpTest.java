package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.spring.jdbc.DirectConnections;
import io.plimsoll.spring.outbox.OutboxApp.Counted;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;

/** An instance that owns a bucket hears of an event that another one wrote, and need not look for it. */
class OutboxWakeUpTest {

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private static OutboxApp start(OutboxDatabase database, Collector collector) {
        List<String> access = database.access();
        return OutboxApp.with(
                database,
                collector,
                DirectConnections.class,
                context -> () -> DriverManager.getConnection(access.get(0), access.get(1), access.get(2)),
                Nothing.class,
                "plimsoll.outbox.default-sink=collector",
                "plimsoll.outbox.poll-interval=1h");
    }

    private static void publish(OutboxApp app, int from, int to) {
        for (int i = from; i < to; i++) {
            String key = "key-" + i;
            app.transaction().executeWithoutResult(status -> app.outbox().publish("t", key, new Counted(key, 1)));
        }
    }

    @Test
    void theOwnerOfABucketHearsOfWhatOthersWrite() {
        Collector collector = new Collector();
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL);
                OutboxApp first = start(database, collector);
                OutboxApp second = start(database, collector)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> database.jdbc()
                                    .queryForList(
                                            "SELECT owner FROM plimsoll_outbox_bucket GROUP BY owner HAVING COUNT(*) = 16")
                                    .size()
                            == 2);
            publish(first, 0, 100); // Of all buckets.
            await().until(() -> collector.delivered().size() == 100);

            // Both connections of both instances: they are opened again, and what was said meanwhile is found.
            database.jdbc()
                    .queryForList(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND query ~ '^(LISTEN|SELECT pg_notify)'");
            publish(second, 100, 200);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> collector.delivered().size() == 200);
            assertThat(database.isDelivered()).isTrue();
        }
    }
}
