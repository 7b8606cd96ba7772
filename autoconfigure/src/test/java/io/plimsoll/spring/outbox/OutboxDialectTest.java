package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read as it was, in order, until it is deleted. */
class OutboxDialectTest {

    static EventRow event(int bucket, String key, String payload) {
        return new EventRow(
                bucket,
                UUID.randomUUID(),
                "orders",
                key,
                "order.placed",
                3,
                null,
                payload.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void anEventIsReadAsItWasWritten(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            EventRow row = new EventRow(
                    7, UUID.randomUUID(), "ördèrs", "Kühe ☂", "order.placed", 3, "{\"a\":\"1\"}", new byte[] {0, -1, 7
                    });
            database.transaction()
                    .executeWithoutResult(status -> database.dialect().insert(database.jdbc(), List.of(row)));

            List<StoredEvent> events = database.dialect()
                    .poll(database.jdbc(), List.of(new Lane(7, 0)), TopicFilter.ALL, 10, Long.MAX_VALUE)
                    .events();

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.bucket()).isEqualTo(7);
                assertThat(event.row()).usingRecursiveComparison().isEqualTo(row);
                assertThat(event.message(9).headers()).isEqualTo(Map.of("a", "1"));
                assertThat(Duration.between(event.occurredAt(), Instant.now()).abs())
                        .isLessThan(Duration.ofMinutes(1));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsAreReadInTheOrderInWhichTheyWereWrittenHoweverManyThereAre(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            List<EventRow> rows = IntStream.range(0, 1_203)
                    .mapToObj(i -> event(i % 2, i % 3 == 0 ? null : "key", String.valueOf(i)))
                    .toList();
            database.transaction()
                    .executeWithoutResult(status -> database.dialect().insert(database.jdbc(), rows));

            List<String> read = new ArrayList<>();
            List<Lane> lanes = List.of(new Lane(0, 0), new Lane(1, 0), new Lane(2, 0));
            while (true) {
                List<StoredEvent> events = database.dialect()
                        .poll(database.jdbc(), lanes, TopicFilter.ALL, 100, Long.MAX_VALUE)
                        .events();
                if (events.isEmpty()) {
                    break;
                }
                assertThat(events).hasSizeLessThanOrEqualTo(200);
                for (int bucket : new int[] {0, 1}) {
                    List<StoredEvent> of = events.stream()
                            .filter(each -> each.bucket() == bucket)
                            .toList();
                    assertThat(of).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
                    of.forEach(each -> read.add(new String(each.row().payload(), StandardCharsets.UTF_8)));
                    database.dialect()
                            .delete(
                                    database.jdbc(),
                                    bucket,
                                    of.stream().map(StoredEvent::id).toList());
                }
            }

            assertThat(read.stream().filter(each -> Integer.parseInt(each) % 2 == 0))
                    .containsExactlyElementsOf(evens(0, 1_203));
            assertThat(read.stream().filter(each -> Integer.parseInt(each) % 2 == 1))
                    .containsExactlyElementsOf(evens(1, 1_203));
            assertThat(database.count("plimsoll_outbox")).isZero();
        }
    }

    /** Memory is what 32 buckets of long events would fill. */
    @ParameterizedTest
    @EnumSource
    void aBatchEndsWhereItsBytesDo(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            List<EventRow> rows = IntStream.range(0, 20)
                    .mapToObj(i -> event(i % 2, "key", "x".repeat(1_000)))
                    .toList();
            database.transaction()
                    .executeWithoutResult(status -> database.dialect().insert(database.jdbc(), rows));
            List<Lane> lanes = List.of(new Lane(0, 0), new Lane(1, 0));

            assertThat(database.dialect()
                            .poll(database.jdbc(), lanes, TopicFilter.ALL, 100, 2_500)
                            .events())
                    .as("three of each: the last one begins within")
                    .hasSize(6);
            assertThat(database.dialect()
                            .poll(database.jdbc(), lanes, TopicFilter.ALL, 100, 1)
                            .events())
                    .as("one of each, however long it is")
                    .hasSize(2);
        }
    }

    private static List<String> evens(int from, int to) {
        List<String> all = new ArrayList<>();
        for (int i = from; i < to; i += 2) {
            all.add(String.valueOf(i));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void theScriptCanBeRunAgainAndTheBucketsStayAsTheyAre(OutboxDatabase.Kind kind) {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            database.jdbc().update("DELETE FROM plimsoll_outbox_bucket WHERE bucket > 3");
            database.jdbc().update("UPDATE plimsoll_outbox_bucket SET epoch = 5");

            database.createTables();

            assertThat(database.jdbc().queryForList("SELECT epoch FROM plimsoll_outbox_bucket", Long.class))
                    .containsExactly(5L, 5L, 5L, 5L);
        }
    }

    /** Written down in every database that holds an event: it may never change. */
    @Test
    void aKeyIsAlwaysInTheSameBucket() {
        Buckets buckets = new Buckets(32);

        assertThat(List.of(buckets.of(""), buckets.of("42"), buckets.of("order-4711"), buckets.of("Kühe ☂")))
                .containsExactly(GOLDEN);
        assertThat(IntStream.range(0, 3_200).map(i -> buckets.of("order-" + i)).distinct())
                .hasSize(32);
    }

    /** By another implementation. */
    private static final Integer[] GOLDEN = {0, 11, 7, 25};
}
