package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.outbox.DeadLetter;
import io.plimsoll.outbox.DeadLetters;
import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.outbox.Upcast;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.spring.outbox.OutboxApp.Counted;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.timeout.NoTimeout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a listener in process does in the database happens once for each event, whatever fails. */
class ListenerTest {

    /** Writes down what it is told, in the transaction that it is told in. */
    static class Ledger {

        private final JdbcTemplate jdbc;
        private final int failsOneIn;
        private final AtomicInteger calls = new AtomicInteger();

        Ledger(JdbcTemplate jdbc, int failsOneIn) {
            this.jdbc = jdbc;
            this.failsOneIn = failsOneIn;
        }

        static void createTable(JdbcTemplate jdbc) {
            jdbc.execute("CREATE TABLE ledger (name VARCHAR(20) NOT NULL, number INT NOT NULL)");
        }

        @OutboxListener(topic = "counters")
        @NoTimeout(reason = "A test.")
        void on(Counted counted) {
            calls.incrementAndGet();
            jdbc.update("INSERT INTO ledger (name, number) VALUES (?, ?)", counted.name(), counted.number());
            if (failsOneIn > 0 && ThreadLocalRandom.current().nextInt(failsOneIn) == 0) {
                throw new IllegalStateException("now and then");
            }
        }

        static List<String> of(OutboxDatabase database) {
            return database.jdbc()
                    .query("SELECT name, number FROM ledger", (row, number) -> row.getString(1) + " " + row.getInt(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAListenerDoesInTheDatabaseHappensOnceForEachEvent(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            Ledger.createTable(database.jdbc());
            Counters counters = Counters.create(database.jdbc(), 10);
            try (OutboxApp first = OutboxApp.with(database, Ledger.class, jdbc -> new Ledger(jdbc, 10));
                    OutboxApp second = OutboxApp.with(database, Ledger.class, jdbc -> new Ledger(jdbc, 10))) {
                for (int i = 0; i < 300; i++) {
                    counters.count(i % 2 == 0 ? first : second, "c" + i % 10);
                }
                await().atMost(Duration.ofMinutes(1)).until(database::isDelivered);
            }
            assertThat(Ledger.of(database)).containsExactlyInAnyOrderElementsOf(counters.all());
        }
    }

    /** An owner that was given up: what it removes was removed by another. */
    @ParameterizedTest
    @EnumSource
    void anEventThatSomebodyElseHadIsNotTold(OutboxDatabase.Kind kind) throws Exception {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            Ledger.createTable(database.jdbc());
            Ledger ledger = new Ledger(database.jdbc(), 0);
            ListenerMethod method =
                    ListenerMethod.of("counters", () -> ledger, Ledger.class.getDeclaredMethod("on", Counted.class));
            ListenerSink sink = new ListenerSink(
                    database.store(),
                    new EventReader(new tools.jackson.databind.json.JsonMapper()),
                    new EventObservation(io.micrometer.observation.ObservationRegistry.NOOP),
                    java.util.Map.of("counters", List.of(method)));
            EventRow row = new EventRow(
                    3,
                    java.util.UUID.randomUUID(),
                    "counters",
                    "c1",
                    "counted",
                    1,
                    null,
                    "{\"name\":\"c1\",\"number\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            database.transaction()
                    .executeWithoutResult(status -> database.dialect().insert(database.jdbc(), List.of(row)));
            OutboxMessage message = database.dialect()
                    .poll(database.jdbc(), List.of(new Lane(3, 0)), TopicFilter.ALL, 1, 1)
                    .events()
                    .get(0)
                    .message(1);

            for (int i = 0; i < 2; i++) {
                new Sending(
                                new Lanes.Held(3, 1),
                                null,
                                List.of(message),
                                List.of(),
                                sink,
                                held -> true,
                                sending -> assertThat(sending.delivered()).hasSize(1))
                        .run();
            }
            assertThat(ledger.calls).hasValue(1);
            assertThat(Ledger.of(database)).containsExactly("c1 1");
        }
    }

    static class Old {

        private final List<Object> told = new CopyOnWriteArrayList<>();

        @EventType(name = "renamed", version = 1)
        record RenamedV1(String name) {}

        @EventType(name = "renamed", version = 2)
        record RenamedV2(String first, String last) {

            @Upcast
            static RenamedV2 upcast(RenamedV1 old) {
                return new RenamedV2(old.name(), "?");
            }
        }

        @EventType(name = "renamed", version = 3)
        record RenamedV3(String first, String last, int times) {

            @Upcast
            static RenamedV3 upcast(RenamedV2 old) {
                return new RenamedV3(old.first(), old.last(), 1);
            }
        }

        @EventType(name = "unheard", version = 1)
        record Unheard(String of) {}

        @OutboxListener(topic = "names")
        @NoTimeout(reason = "A test.")
        void on(List<RenamedV3> renamed) {
            told.addAll(renamed);
        }
    }

    @Test
    void oldEventsAreBroughtForwardAndThoseOfOtherTypesPassBy() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2);
                OutboxApp app = OutboxApp.with(database, Old.class, jdbc -> new Old())) {
            app.transaction().executeWithoutResult(status -> {
                app.outbox().publish("names", "k", new Old.RenamedV1("Ada"));
                app.outbox().publish("names", "k", new Old.RenamedV2("Ada", "Lovelace"));
                app.outbox().publish("names", "k", new Old.Unheard("nobody"));
                app.outbox().publish("names", "k", new Old.RenamedV3("Ada", "King", 2));
            });
            await().until(database::isDelivered);

            assertThat(app.bean(Old.class).told)
                    .containsExactly(
                            new Old.RenamedV3("Ada", "?", 1),
                            new Old.RenamedV3("Ada", "Lovelace", 1),
                            new Old.RenamedV3("Ada", "King", 2));
        }
    }

    /** A row that nobody can read is for people, at once. It tells nobody what is in it. */
    @Test
    void whatCannotBeReadIsADeadLetter() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2)) {
            Ledger.createTable(database.jdbc());
            try (OutboxApp app = OutboxApp.with(database, Ledger.class, jdbc -> new Ledger(jdbc, 0))) {
                app.transaction()
                        .executeWithoutResult(status -> app.outbox().publish("counters", "k", new Broken("secret")));
                DeadLetters dead = app.bean(DeadLetters.class);
                await().until(() -> dead.count() == 1);

                DeadLetter letter = dead.list("counters", null, 1).get(0);
                assertThat(letter.reason())
                        .contains("cannot be read as", "Counted")
                        .doesNotContain("secret");
            }
        }
    }

    @SuppressWarnings("plimsoll:UnversionedEvent")
    @EventType(name = "counted", version = 1)
    record Broken(String number) {}

    static class Nameless {

        record NoType() {}

        @OutboxListener(topic = "t")
        @NoTimeout(reason = "A test.")
        void on(NoType event) {}
    }

    @Test
    void aListenerOfSomethingThatIsNoEventIsRefused() {
        try (OutboxDatabase database = new OutboxDatabase(OutboxDatabase.Kind.H2)) {
            assertThatThrownBy(() -> OutboxApp.with(database, Nameless.class, jdbc -> new Nameless()))
                    .rootCause()
                    .isInstanceOf(BrokenPromiseException.class)
                    .hasMessageContaining("ListenerTest$Nameless.on is an @OutboxListener and takes a ")
                    .hasMessageContaining("NoType, which has no @EventType");
        }
    }
}
