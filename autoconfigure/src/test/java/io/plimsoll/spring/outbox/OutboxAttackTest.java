package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.observation.ObservationRegistry;
import io.plimsoll.outbox.DeadLetters;
import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.spring.outbox.OutboxApp.Counted;
import io.plimsoll.timeout.NoTimeout;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What a fresh pair of eyes made go wrong, one by one. */
class OutboxAttackTest {

    private static final class Scripted implements OutboxSink {

        private final List<String> delivered = new CopyOnWriteArrayList<>();
        private volatile Deliveries.Delivery script = message -> {};

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Duration deliveryTimeout() {
            return Duration.ofMillis(500);
        }

        @Override
        public void send(List<OutboxMessage> messages, Deliveries answers) throws InterruptedException {
            answers.oneByOne(messages, message -> {
                script.deliver(message);
                delivered.add(message.key() + number(message));
            });
        }
    }

    private static String number(OutboxMessage message) {
        return new String(message.payload(), StandardCharsets.UTF_8).replaceAll(".*\"number\":(\\d+).*", "$1");
    }

    private static void publish(OutboxApp app, String key, int from, int to) {
        app.transaction().executeWithoutResult(status -> IntStream.rangeClosed(from, to)
                .forEach(i -> app.outbox().publish("t", key, new Counted(key, i))));
    }

    /** A header without a value is committed, and kills the thread that reads it: nobody is delivered to any more. */
    @Test
    void aHeaderWithoutAValueStopsNobody() {
        Scripted sink = new Scripted();
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = new OutboxApp(database.dataSource(), sink)) {
            Map<String, String> headers = new HashMap<>();
            headers.put("tenant", null);
            try {
                app.transaction()
                        .executeWithoutResult(status -> app.outbox().publish("t", "a", new Counted("a", 1), headers));
            } catch (IllegalArgumentException | NullPointerException refused) {
                assertThat(database.count("plimsoll_outbox")).isZero();
            }
            publish(app, "b", 1, 1);
            await().atMost(Duration.ofSeconds(8)).until(() -> sink.delivered.contains("b1"));
        }
    }

    /** Nothing but a key that is out of the way: who finds out that the sink is back? */
    @Test
    void aHeldKeyGoesOnWhenTheSinkIsBackThoughNothingElseComes() {
        Scripted sink = new Scripted();
        AtomicInteger tries = new AtomicInteger();
        sink.script = message -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("held from here on");
            }
            if (tries.get() == 2) {
                throw new SinkUnavailableException("The line is dead.");
            }
        };
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = new OutboxApp(database.dataSource(), sink)) {
            publish(app, "a", 1, 1);
            await().atMost(Duration.ofSeconds(5)).until(() -> tries.get() >= 2);
            publish(app, "a", 2, 2);
            await().atMost(Duration.ofSeconds(15)).until(() -> sink.delivered.equals(List.of("a1", "a2")));
        }
    }

    /** Catches what a service of it has thrown, whose transaction it was. */
    static class Forgiving {

        private final JdbcTemplate jdbc;
        private final AtomicInteger calls = new AtomicInteger();

        Forgiving(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @OutboxListener(topic = "t")
        @NoTimeout(reason = "A test.")
        void on(Counted counted) {
            jdbc.update("INSERT INTO ledger (name, number) VALUES (?, ?)", counted.name(), counted.number());
            if (calls.incrementAndGet() == 1) {
                try {
                    new TransactionTemplate(new JdbcTransactionManager(jdbc.getDataSource()))
                            .executeWithoutResult(status -> {
                                throw new IllegalStateException("a service fails");
                            });
                } catch (IllegalStateException e) {
                    // The listener does without it.
                }
            }
        }
    }

    @Test
    void anEventWhoseListenerWasRolledBackComesAgain() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2)) {
            ListenerTest.Ledger.createTable(database.jdbc());
            try (OutboxApp app = OutboxApp.with(database, Forgiving.class, Forgiving::new)) {
                publish(app, "a", 1, 1);
                await().atMost(Duration.ofSeconds(8)).until(database::isDelivered);
                assertThat(ListenerTest.Ledger.of(database)).containsExactly("a 1");
            }
        }
    }

    static class Several {

        private final List<Counted> told = new CopyOnWriteArrayList<>();

        @OutboxListener(topic = "t")
        @NoTimeout(reason = "A test.")
        void on(List<Counted> counted) {
            told.addAll(counted);
        }
    }

    /** A driver need not say how many rows each statement of a batch has changed. */
    @Test
    void aDriverThatDoesNotCountLosesNothing() throws Exception {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.MARIADB)) {
            HikariConfig config = new HikariConfig();
            String url = database.access().get(0);
            config.setJdbcUrl(url + (url.contains("?") ? "&" : "?") + "useBulkStmts=true");
            config.setUsername(database.access().get(1));
            config.setPassword(database.access().get(2));
            try (HikariDataSource pool = new HikariDataSource(config)) {
                DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
                beans.registerSingleton("dataSource", pool);
                beans.registerSingleton("transactionManager", new JdbcTransactionManager(pool));
                OutboxStore store = new OutboxStore(() -> StoreDataSource.of(beans, "The outbox"));
                Several several = new Several();
                ListenerSink sink = new ListenerSink(
                        store,
                        new EventReader(new JsonMapper()),
                        new EventObservation(ObservationRegistry.NOOP),
                        Map.of(
                                "t",
                                List.of(ListenerMethod.of(
                                        "t", () -> several, Several.class.getDeclaredMethod("on", List.class)))));
                List<EventRow> rows = IntStream.rangeClosed(1, 3)
                        .mapToObj(i -> new EventRow(
                                3,
                                UUID.randomUUID(),
                                "t",
                                "a",
                                "counted",
                                1,
                                null,
                                ("{\"name\":\"a\",\"number\":" + i + "}").getBytes(StandardCharsets.UTF_8)))
                        .toList();
                database.transaction()
                        .executeWithoutResult(status -> database.dialect().insert(database.jdbc(), rows));
                List<OutboxMessage> messages = database
                        .dialect()
                        .poll(database.jdbc(), List.of(new Lane(3, 0)), TopicFilter.ALL, 10, 10_000)
                        .events()
                        .stream()
                        .map(event -> event.message(1))
                        .toList();
                List<Long> delivered = new CopyOnWriteArrayList<>();
                new Sending(
                                new Lanes.Held(3, 1),
                                null,
                                messages,
                                List.of(),
                                sink,
                                held -> true,
                                sending -> delivered.addAll(sending.delivered()))
                        .run();
                assertThat(several.told).hasSize(delivered.size());
            }
        }
    }

    /** Proof 2: an instance that was given up in the middle of a delivery joins anew, and must not go on with it. */
    @Test
    void whoWasGivenUpDoesNotGoOnAfterItHasJoinedAnew() throws Exception {
        Scripted old = new Scripted();
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thawed = new CountDownLatch(1);
        List<String> all = new CopyOnWriteArrayList<>();
        old.script = message -> {
            if (frozen.getCount() == 1) {
                frozen.countDown();
                thawed.await();
            }
            all.add("old" + number(message));
        };
        Scripted fresh = new Scripted();
        fresh.script = message -> all.add("fresh" + number(message));
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp first = new OutboxApp(database.dataSource(), old)) {
            publish(first, "a", 1, 3);
            frozen.await();
            try (OutboxApp second = new OutboxApp(database.dataSource(), fresh)) {
                // As if it had been silent for too long: somebody has buried it, and taken what it had.
                database.jdbc()
                        .update("DELETE FROM plimsoll_outbox_instance WHERE id = (SELECT owner FROM"
                                + " plimsoll_outbox_bucket WHERE bucket = (SELECT MIN(bucket) FROM plimsoll_outbox))");
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    if (all.isEmpty() && database.count("plimsoll_outbox_instance") == 2) {
                        return false;
                    }
                    return all.contains("fresh3") || all.contains("old3");
                });
                publish(second, "a", 4, 4);
                await().atMost(Duration.ofSeconds(5)).until(() -> all.contains("fresh4") || all.contains("old4"));
                await().atMost(Duration.ofSeconds(20)).until(() -> database.count("plimsoll_outbox_instance") == 2);
                int before = all.size(); // By whoever has the bucket now: perhaps the first again, in another epoch.
                thawed.countDown(); // Its instance has joined anew, and is as good as any.
                await().until(() -> all.size() > before);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500)); // In which it would go on.
                assertThat(all.subList(before, all.size())).containsExactly("old1");
            }
        }
    }

    /** A key that somebody has taken out of the way behind the owner's back, as a replay does. */
    @Test
    void whatIsNewerDoesNotOvertakeWhatIsReplayed() {
        Scripted sink = new Scripted();
        sink.script = message -> {
            if (number(message).equals("1")) {
                throw new IllegalStateException("never");
            }
        };
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = new OutboxApp(
                        database.dataSource(), sink, "plimsoll.outbox.on-failure=skip", "plimsoll.outbox.attempts=2")) {
            publish(app, "a", 1, 1);
            DeadLetters dead = app.bean(DeadLetters.class);
            await().until(() -> dead.count() == 1 && database.count("plimsoll_outbox_key") == 0);
            AtomicInteger refused = new AtomicInteger();
            sink.script = message -> {
                if (number(message).equals("1") && refused.getAndIncrement() == 0) {
                    throw new IllegalStateException("once");
                }
            };
            assertThat(dead.replay("t", "a")).isEqualTo(1);
            publish(app, "a", 5, 5);
            publish(app, "a", 6, 6);
            await().atMost(Duration.ofSeconds(10)).until(() -> sink.delivered.size() == 3);
            assertThat(sink.delivered).containsExactly("a1", "a5", "a6");
        }
    }

    /** A key that somebody takes out of the way while it is read: whoever replays its dead letters does. */
    @Test
    void aKeyThatIsTakenOutOfTheWayWhileItIsReadIsNotOvertaken() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2)) {
            EventRow row = new EventRow(3, UUID.randomUUID(), "t", "a", "counted", 1, null, new byte[] {'1'});
            database.transaction()
                    .executeWithoutResult(status -> database.dialect().insert(database.jdbc(), List.of(row)));
            OutboxMessage message = new StoredEvent(1, Instant.now(), row).message(1);
            DataSource busy = onStatement(database.dataSource(), "FROM plimsoll_outbox WHERE", () -> database.store()
                    .held()
                    .hold(database.jdbc(), HeldKey.of(message), message));
            DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
            beans.registerSingleton("dataSource", busy);
            beans.registerSingleton("transactionManager", new JdbcTransactionManager(busy));

            Lanes lanes = new Lanes();
            lanes.hold(Map.of(3, 1L), bucket -> {});
            List<OutboxMessage> sent = new CopyOnWriteArrayList<>();
            Scripted sink = new Scripted();
            sink.script = sent::add;
            List<OutboxMessage> behind = new CopyOnWriteArrayList<>();
            Dispatch dispatch = new Dispatch(sink, Runnable::run, held -> true, sending -> {
                behind.addAll(sending.behind());
                lanes.close();
            });
            new Reader(
                            new OutboxStore(() -> StoreDataSource.of(beans, "The outbox")),
                            new Horizon(),
                            lanes,
                            TopicFilter.ALL,
                            dispatch,
                            () -> true,
                            new Binder().bindOrCreate("plimsoll.outbox", OutboxProperties.class))
                    .run();

            assertThat(sent).isEmpty();
            assertThat(behind).hasSize(1);
        }
    }

    /** Does something once, right before a statement. */
    private static DataSource onStatement(DataSource dataSource, String part, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")
                                    && arguments[0].toString().contains(part)
                                    && done.compareAndSet(false, true)) {
                                action.run();
                            }
                            return method.invoke(real, arguments);
                        });
            }
        };
    }

    /** A database that is not that of the outbox. */
    static class Elsewhere {

        private final JdbcTemplate other;

        Elsewhere(JdbcTemplate other) {
            this.other = other;
        }

        @Outboxed(topic = "orders")
        OutboxedTest.Placed place(String order) {
            other.update("INSERT INTO elsewhere (name) VALUES (?)", order);
            return new OutboxedTest.Placed(order);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoManagers {

        private static final DataSource ELSEWHERE =
                new DriverManagerDataSource("jdbc:h2:mem:elsewhere;DB_CLOSE_DELAY=-1");

        @Bean
        @Primary
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTransactionManager otherManager() {
            return new JdbcTransactionManager(ELSEWHERE);
        }
    }

    @Test
    void aTransactionOfAnotherDatabaseIsAnErrorAndNoSecondCommit() throws Exception {
        Scripted sink = new Scripted();
        List<String> delivered = new CopyOnWriteArrayList<>();
        sink.script = message -> delivered.add(new String(message.payload(), StandardCharsets.UTF_8));
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = OutboxApp.with(
                        database,
                        sink,
                        Elsewhere.class,
                        context -> new Elsewhere(new JdbcTemplate(
                                Objects.requireNonNull(context.getBean("otherManager", JdbcTransactionManager.class)
                                        .getDataSource()))),
                        TwoManagers.class)) {
            Elsewhere elsewhere = app.bean(Elsewhere.class);
            JdbcTemplate other = new JdbcTemplate(Objects.requireNonNull(
                    app.bean(TwoManagers.class).otherManager().getDataSource()));
            other.execute("CREATE TABLE elsewhere (name VARCHAR(20))");
            try {
                new TransactionTemplate(new JdbcTransactionManager(Objects.requireNonNull(other.getDataSource())))
                        .executeWithoutResult(status -> {
                            elsewhere.place("o1");
                            status.setRollbackOnly();
                        });
            } catch (RuntimeException e) {
                // As it should be.
            }
            Thread.sleep(1_500);
            assertThat(delivered).isEmpty();
        }
    }

    /** An Error is no less the fault of one message than an exception. */
    @Test
    void anErrorHoldsUpItsKeyAlone() {
        Scripted sink = new Scripted();
        sink.script = message -> {
            if ("a".equals(message.key())) {
                throw new AssertionError("this one");
            }
        };
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = new OutboxApp(database.dataSource(), sink)) {
            publish(app, "a", 1, 1);
            for (int i = 0; i < 64; i++) {
                publish(app, "other-" + i, 1, 1);
            }
            try {
                await().atMost(Duration.ofSeconds(10)).until(() -> sink.delivered.size() == 64);
            } finally {
            }
        }
    }
}
