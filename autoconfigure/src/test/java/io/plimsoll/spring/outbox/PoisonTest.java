package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.outbox.DeadLetter;
import io.plimsoll.outbox.DeadLetters;
import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.outbox.sink.RejectedMessageException;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import io.plimsoll.spring.outbox.OutboxApp.Counted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proof 5 of the protocol: what does not get through holds up its key, and nobody else; nothing is dropped in silence. */
class PoisonTest {

    /** Refuses by the number of an event: how, is up to the test. */
    private static final class Picky implements OutboxSink {

        private final List<String> delivered = new CopyOnWriteArrayList<>();
        private volatile Deliveries.Delivery refuses = message -> {};

        @Override
        public String name() {
            return "picky";
        }

        @Override
        public Duration deliveryTimeout() {
            return Duration.ofMillis(500);
        }

        @Override
        public void send(List<OutboxMessage> messages, Deliveries answers) throws InterruptedException {
            answers.oneByOne(messages, message -> {
                refuses.deliver(message);
                delivered.add(new String(message.payload(), StandardCharsets.UTF_8));
            });
        }

        List<String> of(String key) {
            return delivered.stream()
                    .filter(payload -> payload.contains("\"" + key + "\""))
                    .map(payload -> payload.replaceAll(".*\"number\":(\\d+).*", "$1"))
                    .toList();
        }
    }

    private static boolean is(OutboxMessage message, String key, int number) {
        return key.equals(message.key())
                && new String(message.payload(), StandardCharsets.UTF_8).contains("\"number\":" + number + "}");
    }

    private final Picky sink = new Picky();
    private OutboxDatabase database;
    private OutboxApp app;

    private void start(OutboxDatabase.Kind kind, String... properties) {
        database = new OutboxDatabase(kind);
        app = new OutboxApp(database.dataSource(), sink, properties);
    }

    @AfterEach
    void stop() {
        app.close();
        database.close();
    }

    private void publish(String key, int from, int to) {
        app.transaction().executeWithoutResult(status -> {
            for (int i = from; i <= to; i++) {
                app.outbox().publish("t", key, new Counted(key == null ? "none" : key, i));
            }
        });
    }

    private DeadLetters dead() {
        return app.bean(DeadLetters.class);
    }

    /** Nothing waits anywhere but the dead letters. */
    private void awaitQuiet() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(database.count("plimsoll_outbox")).isZero();
            assertThat(database.count("plimsoll_outbox_held")).isEqualTo(dead().count());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatFailsWaitsAndAllOthersGoOn(OutboxDatabase.Kind kind) {
        start(kind, "plimsoll.outbox.attempts=2");
        sink.refuses = message -> {
            if (is(message, "a", 2)) {
                throw new IllegalStateException("not yet");
            }
        };
        publish("a", 1, 3);
        publish("b", 1, 3);
        for (int i = 0; i < 64; i++) {
            publish("other-" + i, 1, 1); // Of all buckets, also of that of a.
        }
        await().until(() -> sink.delivered.size() == 1 + 3 + 64);
        await().until(() -> database.count("plimsoll_outbox") == 0);
        publish("a", 4, 5); // Behind those that wait.
        await().until(() -> database.count("plimsoll_outbox") == 0 && database.count("plimsoll_outbox_held") == 4);
        assertThat(sink.of("a")).containsExactly("1");

        sink.refuses = message -> {};
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.of("a").size() == 5);
        publish("a", 6, 6);
        await().until(() -> sink.of("a").size() == 6);

        assertThat(sink.of("a")).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(dead().count()).isZero();
        await().until(() -> database.count("plimsoll_outbox_key") == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aParkedKeyIsReplayedInOrderBeforeWhatIsNewer(OutboxDatabase.Kind kind) {
        start(kind, "plimsoll.outbox.on-failure=park-key-tail", "plimsoll.outbox.attempts=2");
        sink.refuses = message -> {
            if (is(message, "a", 2)) {
                throw new IllegalStateException("never");
            }
        };
        publish("a", 1, 3);
        await().atMost(Duration.ofSeconds(30)).until(() -> dead().count() == 2);
        publish("a", 4, 4);
        publish("b", 1, 1);
        await().until(() -> dead().count() == 3);
        awaitQuiet();

        List<DeadLetter> letters = dead().list("t", null, 10);
        assertThat(letters).hasSize(3).allSatisfy(letter -> assertThat(letter.key())
                .isEqualTo("a"));
        assertThat(letters.get(0).reason())
                .startsWith("java.lang.IllegalStateException at io.plimsoll.spring.outbox.PoisonTest.");
        assertThat(letters.get(2).reason()).contains("after one of its key");
        assertThat(dead().list("t", letters.get(1).id(), 10)).containsExactly(letters.get(2));
        assertThat(dead().list("elsewhere", null, 10)).isEmpty();

        sink.refuses = message -> {};
        assertThat(dead().replay("t", "a")).isEqualTo(3);
        publish("a", 5, 5);
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.of("a").size() == 5);

        assertThat(sink.of("a")).containsExactly("1", "2", "3", "4", "5");
        awaitQuiet();
        assertThat(database.count("plimsoll_outbox_key")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatWillNeverGetThroughParksAtOnceUntilItIsDiscarded(OutboxDatabase.Kind kind) {
        start(kind);
        sink.refuses = message -> {
            if (is(message, "a", 1)) {
                throw new RejectedMessageException("It is too large.");
            }
        };
        publish("a", 1, 3);
        await().until(() -> dead().count() == 3);
        List<UUID> ids =
                dead().list(null, null, 10).stream().map(DeadLetter::id).toList();

        assertThat(dead().discard(ids.subList(0, 1))).isEqualTo(1);
        assertThat(dead().replay("t", "a")).isEqualTo(2);
        await().until(() -> sink.of("a").size() == 2);
        assertThat(sink.of("a")).containsExactly("2", "3");

        publish("a", 1, 1);
        await().until(() -> dead().count() == 1);
        assertThat(dead().discard(List.of(dead().list(null, null, 1).get(0).id())))
                .isEqualTo(1);
        publish("a", 4, 4); // None is left: the key is as any other.
        await().until(() -> sink.of("a").size() == 3);
        awaitQuiet();
    }

    @ParameterizedTest
    @EnumSource
    void skippingGivesUpThatOneAlone(OutboxDatabase.Kind kind) {
        start(kind, "plimsoll.outbox.topics.t.on-failure=skip", "plimsoll.outbox.topics.t.attempts=2");
        sink.refuses = message -> {
            if (is(message, "a", 2)) {
                throw new IllegalStateException("never");
            }
        };
        publish("a", 1, 4);
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.of("a").size() == 3);
        awaitQuiet();

        assertThat(sink.of("a")).containsExactly("1", "3", "4");
        assertThat(dead().list(null, null, 10)).singleElement().satisfies(letter -> assertThat(letter.key())
                .isEqualTo("a"));
        sink.refuses = message -> {};
        assertThat(dead().replay("t", "a")).isEqualTo(1);
        await().until(() -> sink.of("a").size() == 4);
        awaitQuiet();
    }

    @ParameterizedTest
    @EnumSource
    void anEventWithoutAKeyHoldsUpNobody(OutboxDatabase.Kind kind) {
        start(kind, "plimsoll.outbox.on-failure=park-key-tail", "plimsoll.outbox.attempts=1");
        sink.refuses = message -> {
            if (new String(message.payload(), StandardCharsets.UTF_8).contains("\"number\":2}")) {
                throw new IllegalStateException("never");
            }
        };
        publish(null, 1, 3);
        await().until(() -> sink.delivered.size() == 2 && dead().count() == 1);
        awaitQuiet();
        assertThat(database.count("plimsoll_outbox_key")).isZero();

        sink.refuses = message -> {};
        assertThat(dead().replay("t", null)).isEqualTo(1);
        await().until(() -> sink.delivered.size() == 3);
        awaitQuiet();
    }

    /** An outage is nobody's fault: however long it takes no attempt is counted, and the order is kept. */
    @ParameterizedTest
    @EnumSource
    void aSinkThatIsDownGivesUpNothing(OutboxDatabase.Kind kind) {
        start(kind, "plimsoll.outbox.on-failure=park-key-tail", "plimsoll.outbox.attempts=1");
        List<String> tried = new CopyOnWriteArrayList<>();
        sink.refuses = message -> {
            tried.add(message.topic());
            throw new SinkUnavailableException("The line is dead.");
        };
        for (int i = 0; i < 20; i++) {
            publish("k" + i, 1, 3);
        }
        await().until(() -> tried.size() > 4);
        assertThat(database.count("plimsoll_outbox_held")).isZero();
        assertThat(database.count("plimsoll_outbox")).isEqualTo(60);

        sink.refuses = message -> {};
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.delivered.size() == 60);
        for (int i = 0; i < 20; i++) {
            assertThat(sink.of("k" + i)).containsExactly("1", "2", "3");
        }
        awaitQuiet();
        assertThat(dead().count()).isZero();
    }
}
