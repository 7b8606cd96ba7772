package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.NoTransactionForEventException;
import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.OutboxApp.Counted;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An event is committed together with the work, or not at all. */
class OutboxTest {

    private final Collector collector = new Collector();

    private static TransactionTemplate with(OutboxApp app, int propagation) {
        TransactionTemplate transaction =
                new TransactionTemplate(app.transaction().getTransactionManager());
        transaction.setPropagationBehavior(propagation);
        return transaction;
    }

    private static void publish(OutboxApp app, String name, int number) {
        app.outbox().publish("counters", name, new Counted(name, number));
    }

    @ParameterizedTest
    @EnumSource
    void whatCommitsIsDeliveredAndWhatDoesNotIsNot(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind);
                OutboxApp app = new OutboxApp(database.dataSource(), collector)) {
            app.transaction().executeWithoutResult(status -> {
                publish(app, "rolled back", 1);
                status.setRollbackOnly();
            });
            assertThatThrownBy(() -> app.transaction().executeWithoutResult(status -> {
                        publish(app, "failed", 1);
                        throw new IllegalStateException("failed");
                    }))
                    .hasMessage("failed");
            app.transaction().executeWithoutResult(status -> {
                publish(app, "a", 1);
                publish(app, "a", 2);
            });

            await().until(() -> collector.delivered().size() == 2);
            assertThat(collector.delivered())
                    .containsExactly("{\"name\":\"a\",\"number\":1}", "{\"name\":\"a\",\"number\":2}");
            await().until(() -> database.count("plimsoll_outbox") == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void savepointsAndTransactionsApartHaveEventsOfTheirOwn(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind);
                OutboxApp app = new OutboxApp(database.dataSource(), collector)) {
            app.transaction().executeWithoutResult(outer -> {
                publish(app, "a", 1);
                with(app, TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(nested -> {
                    publish(app, "a", 2);
                    nested.setRollbackOnly();
                });
                with(app, TransactionDefinition.PROPAGATION_NESTED)
                        .executeWithoutResult(nested -> publish(app, "a", 3));
                with(app, TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                        .executeWithoutResult(apart -> publish(app, "apart", 4));
            });
            app.transaction().executeWithoutResult(outer -> {
                publish(app, "a", 5);
                with(app, TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                        .executeWithoutResult(apart -> publish(app, "apart", 6));
                outer.setRollbackOnly();
            });

            await().until(() -> collector.delivered().size() == 4);
            assertThat(collector.delivered().stream().map(each -> each.replaceAll("[^0-9]", "")))
                    .containsExactlyInAnyOrder("1", "3", "4", "6");
        }
    }

    /** A listener may still publish when the transaction is about to commit. */
    @Test
    void whatIsPublishedAtTheLastMomentIsWrittenAsWell() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL);
                OutboxApp app = new OutboxApp(database.dataSource(), collector)) {
            app.transaction().executeWithoutResult(status -> {
                publish(app, "a", 1);
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        publish(app, "a", 2);
                    }
                });
            });

            await().until(() -> collector.delivered().size() == 2);
        }
    }

    @Test
    void itIsOneStatementForAnyNumberOfEvents() {
        AtomicInteger statements = new AtomicInteger();
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL);
                OutboxApp app = new OutboxApp(
                        new DelegatingDataSource(database.dataSource()) {
                            @Override
                            public Connection getConnection() throws SQLException {
                                return counting(super.getConnection(), statements);
                            }
                        },
                        collector)) {
            for (int events : new int[] {1, 10, 2_000}) {
                int before = statements.get();
                app.transaction().executeWithoutResult(status -> {
                    for (int i = 0; i < events; i++) {
                        publish(app, "a" + i, i);
                    }
                });
                assertThat(statements.get() - before).as(events + " events").isEqualTo(1);
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> collector.delivered().size() == 2_011);
        }
    }

    /** Counts the inserts into the outbox. */
    private static Connection counting(Connection connection, AtomicInteger statements) {
        return (Connection) Proxy.newProxyInstance(
                OutboxTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && String.valueOf(arguments[0]).contains("INSERT INTO plimsoll_outbox (")) {
                        statements.incrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Test
    void withoutATransactionThatMayWriteItIsRefused() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = new OutboxApp(database.dataSource(), collector)) {
            TransactionTemplate readOnly = with(app, TransactionDefinition.PROPAGATION_REQUIRED);
            readOnly.setReadOnly(true);

            assertThatThrownBy(() -> publish(app, "a", 1))
                    .isInstanceOf(NoTransactionForEventException.class)
                    .hasMessageContaining("Outbox.publish(\"counters\", ...)")
                    .hasMessageContaining("Put @Transactional on the caller");
            assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> publish(app, "a", 1)))
                    .isInstanceOf(NoTransactionForEventException.class);
            assertThat(database.count("plimsoll_outbox")).isZero();
        }
    }

    record Nameless(int number) {}

    @SuppressWarnings("plimsoll:UnversionedEvent")
    @EventType(name = " ", version = 0)
    record Badly(int number) {}

    @EventType(name = "mute", version = 1)
    static final class Broken {

        public String getNumber() {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void whatCouldNotBeDeliveredIsRefusedWhereItIsPublished() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app =
                        new OutboxApp(database.dataSource(), collector, "plimsoll.outbox.max-event-size=100B")) {
            app.transaction().executeWithoutResult(status -> {
                assertThatThrownBy(() -> app.outbox().publish("t", "k", new Nameless(1)))
                        .hasMessageContaining(Nameless.class.getName() + " was published and has no @EventType");
                assertThatThrownBy(() -> app.outbox().publish("t", "k", new Badly(1)))
                        .hasMessageContaining("needs a name that is not blank, and a version from 1 on");
                assertThatThrownBy(() -> app.outbox().publish("t", "k", new Broken()))
                        .hasMessageContaining("cannot be written as JSON");
                assertThatThrownBy(() -> app.outbox().publish("t", "k", new Counted("a".repeat(200), 1)))
                        .hasMessageContaining("plimsoll.outbox.max-event-size is 100");
                assertThatThrownBy(() -> app.outbox().publish("t", new Object(), new Counted("a", 1)))
                        .hasMessageContaining("java.lang.Object is no key of an event");
                app.outbox().publish("t", UUID.randomUUID(), new Counted("a", 1));
                app.outbox().publish("t", List.of("tenant", 7), new Counted("a", 2));
                app.outbox().publish("t", null, new Counted("a", 3));
            });
            await().until(() -> collector.delivered().size() == 3);
        }
    }

    @Test
    void aSinkThatTakesLongerThanTheLeaseIsRefused() {
        OutboxSink slow = new OutboxSink() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public Duration deliveryTimeout() {
                return Duration.ofSeconds(30);
            }

            @Override
            public void send(List<OutboxMessage> messages, Deliveries answers) {}
        };
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2)) {
            assertThatThrownBy(() -> new OutboxApp(database.dataSource(), slow))
                    .rootCause()
                    .isInstanceOf(BrokenPromiseException.class)
                    .hasMessageContaining("plimsoll.outbox.lease is PT3S")
                    .hasMessageContaining("may take PT30S to answer");
        }
    }

    @Test
    void theTablesOfAnotherApplicationAreNotForThisOne() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL);
                OutboxApp shop = new OutboxApp(database.dataSource(), collector, "spring.application.name=shop")) {
            await().until(() -> database.count("plimsoll_outbox_instance") == 1);
            try (OutboxApp another = new OutboxApp(database.dataSource(), collector, "spring.application.name=shop")) {
                assertThat(another.outbox()).isNotNull();
            }
            assertThatThrownBy(() -> new OutboxApp(database.dataSource(), collector, "spring.application.name=stock"))
                    .rootCause()
                    .isInstanceOf(BrokenPromiseException.class)
                    .hasMessageContaining("used by the application \"shop\", and this one is \"stock\"");
            assertThat(shop.outbox()).isNotNull();
        }
    }

    @Test
    void withoutItsTablesTheApplicationDoesNotStart() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.POSTGRESQL)) {
            database.jdbc().execute("DROP TABLE plimsoll_outbox_bucket");

            assertThatThrownBy(() -> new OutboxApp(database.dataSource(), collector))
                    .rootCause()
                    .isInstanceOf(BrokenPromiseException.class)
                    .hasMessageContaining("The tables of the outbox are not there")
                    .hasMessageContaining("plimsoll.jdbc.initialize-schema=always");
        }
    }

    @Test
    void anApplicationThatWasStoppedCanBeStartedAgain() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = new OutboxApp(database.dataSource(), collector)) {
            app.stop();
            app.transaction().executeWithoutResult(status -> publish(app, "a", 1));
            app.start();

            await().until(() -> collector.delivered().size() == 1);
        }
    }
}
