package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.spring.outbox.OutboxApp.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing lost, in order for each key, and nothing that was not committed. */
class RelayTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Future<?> counting(Counters counters, OutboxApp app, AtomicBoolean stop, int names) {
        return threads.submit(() -> {
            while (!stop.get()) {
                counters.count(app, "c" + ThreadLocalRandom.current().nextInt(names));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSinkThatFailsNowAndThenLosesNothingAndKeepsTheOrder(OutboxDatabase.Kind kind) throws Exception {
        Collector collector =
                new Collector(message -> ThreadLocalRandom.current().nextInt(50) > 0);
        try (OutboxDatabase database = new OutboxDatabase(kind);
                OutboxApp app = new OutboxApp(database.dataSource(), collector)) {
            Counters counters = Counters.create(database.jdbc(), 20);
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(counting(counters, app, stop, 20));
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)); // Of load.
            stop.set(true);
            for (Future<?> each : running) {
                each.get(1, TimeUnit.MINUTES);
            }
            await().atMost(Duration.ofMinutes(1)).until(database::isDelivered);

            assertThat(counters.check(collector.delivered())).isZero();
            assertThat(collector.delivered()).hasSizeGreaterThan(100);
        }
    }

    /** Proof 6 of the protocol, but for the JVMs: who stops in good order hands over at once, and nothing is sent twice. */
    @ParameterizedTest
    @EnumSource
    void instancesMayComeAndGoUnderLoad(OutboxDatabase.Kind kind) throws Exception {
        Collector collector = new Collector();
        try (OutboxDatabase database = new OutboxDatabase(kind);
                OutboxApp steady = new OutboxApp(database.dataSource(), collector)) {
            Counters counters = Counters.create(database.jdbc(), 50);
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(counting(counters, steady, stop, 50));
            }
            for (int round = 0; round < 2; round++) {
                try (OutboxApp second = new OutboxApp(database.dataSource(), collector);
                        OutboxApp third = new OutboxApp(database.dataSource(), collector)) {
                    AtomicBoolean enough = new AtomicBoolean();
                    Future<?> own = counting(counters, second, enough, 50);
                    Future<?> others = counting(counters, third, enough, 50);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_500)); // Of load.
                    enough.set(true);
                    own.get(1, TimeUnit.MINUTES);
                    others.get(1, TimeUnit.MINUTES);
                }
            }
            stop.set(true);
            for (Future<?> each : running) {
                each.get(1, TimeUnit.MINUTES);
            }
            await().atMost(Duration.ofMinutes(1)).until(database::isDelivered);

            assertThat(counters.check(collector.delivered())).as("sent twice").isZero();
        }
    }

    /** One that is stuck holds up itself. */
    @Test
    void aKeyThatIsNeverAcceptedHoldsUpNoOther() {
        Collector collector = new Collector(message -> !"stuck".equals(message.key()));
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL);
                OutboxApp app = new OutboxApp(database.dataSource(), collector)) {
            app.transaction().executeWithoutResult(status -> {
                app.outbox().publish("t", "stuck", new Counted("stuck", 1));
                for (int i = 0; i < 100; i++) {
                    app.outbox().publish("t", "key-" + i, new Counted("key-" + i, 1));
                }
            });

            await().until(() -> collector.delivered().size() == 100);
            await().until(() -> database.count("plimsoll_outbox") == 0);
            assertThat(database.count("plimsoll_outbox_held")).isEqualTo(1);
        }
    }

    /** An instance that dies says nothing: its share is somebody else's once its lease is over. */
    @Test
    void theShareOfOneThatIsSilentIsTakenOver() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        Collector collector = new Collector();
        Collector silent = new Collector(message -> {
            seen.computeIfAbsent(String.valueOf(message.key()), key -> new AtomicInteger())
                    .incrementAndGet();
            try {
                return hang.await(1, TimeUnit.MINUTES) && false;
            } catch (InterruptedException e) {
                return false;
            }
        });
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL);
                OutboxApp first = new OutboxApp(database.dataSource(), silent)) {
            first.transaction().executeWithoutResult(status -> {
                for (int i = 0; i < 64; i++) {
                    first.outbox().publish("t", "key-" + i, new Counted("key-" + i, 1));
                }
            });
            await().until(() -> !seen.isEmpty());
            // As if it had been killed: nobody renews its row any more.
            database.jdbc().update("DELETE FROM plimsoll_outbox_instance");
            try (OutboxApp second = new OutboxApp(database.dataSource(), collector)) {
                assertThat(second.outbox()).isNotNull();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> collector.delivered().size() >= 32);
            } finally {
                hang.countDown();
            }
        }
    }
}
