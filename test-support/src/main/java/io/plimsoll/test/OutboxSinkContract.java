package io.plimsoll.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.test.RecordedDeliveries.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OutboxSink} must do. To prove a sink of your own, extend this class, in a JUnit 5 test, and say where the
 * sink is and what its receiver has got; it should be a real one:
 *
 * <pre>{@code
 * class PulsarSinkTest extends OutboxSinkContract {
 *
 *     @Override
 *     protected OutboxSink sink() {
 *         return new PulsarSink(PULSAR.getUrl());
 *     }
 *
 *     @Override
 *     protected List<Received> received() {
 *         return READER.allOf(topic());
 *     }
 * }
 * }</pre>
 *
 * <p>A sink whose receiver refuses some messages for good names one in {@link #unacceptable}; a test that can stop the receiver
 * and start it again does so in {@link #outage} and {@link #silence}. Without them what they prove is skipped.
 */
public abstract class OutboxSinkContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicLong IDS = new AtomicLong();

    private final String topic = "contract-" + UUID.randomUUID();

    /**
     * A message as the receiver has got it.
     *
     * @param headers at least those that the message had
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Received(
            UUID eventId,
            @Nullable String key,
            String type,
            int version,
            Instant occurredAt,
            Map<String, String> headers,
            byte[] payload) {}

    /** The sink to prove: the same one throughout a test. */
    protected abstract OutboxSink sink() throws Exception;

    /** All that the receiver has got of {@link #topic} since the test began; those of one key in the order of their arrival. */
    protected abstract List<Received> received() throws Exception;

    /** To which the messages of this test go: its own, of which the receiver has heard nothing before. */
    protected String topic() {
        return topic;
    }

    /**
     * A message that the receiver will never take, made of one that it would, with the same topic and key; null if it takes
     * anything.
     */
    protected @Nullable OutboxMessage unacceptable(OutboxMessage message) {
        return null;
    }

    /** Makes the receiver unreachable until this is closed; null if the test cannot. */
    protected @Nullable AutoCloseable outage() throws Exception {
        return null;
    }

    /** Lets the receiver answer nothing, on connections that stay, until this is closed; null if the test cannot. */
    protected @Nullable AutoCloseable silence() throws Exception {
        return null;
    }

    private OutboxMessage message(@Nullable String key, String payload) {
        return message(key, payload, Map.of());
    }

    private OutboxMessage message(@Nullable String key, String payload, Map<String, String> headers) {
        return new OutboxMessage(
                7,
                IDS.incrementAndGet(),
                3,
                UUID.randomUUID(),
                topic(),
                key,
                "order.placed",
                2,
                headers,
                payload.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2024-02-29T23:59:59.123456Z"));
    }

    /** Of some keys, taking turns, and every tenth of none. */
    private List<OutboxMessage> messages(int count, int keys) {
        List<OutboxMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message(i % 10 == 9 ? null : "key-" + i * 31 % keys, "{\"number\":" + i + "}"));
        }
        return messages;
    }

    private RecordedDeliveries send(List<OutboxMessage> messages) throws Exception {
        RecordedDeliveries answers = new RecordedDeliveries(messages, () -> true);
        send(messages, answers);
        return answers;
    }

    /** As the relay does. */
    private void send(List<OutboxMessage> messages, RecordedDeliveries answers) throws Exception {
        OutboxSink sink = sink();
        long end = System.nanoTime() + sink.deliveryTimeout().toNanos();
        try {
            sink.send(messages, answers);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            answers.unavailable(e.getClass().getName());
        }
        answers.awaitAll(Duration.ofNanos(end - System.nanoTime()));
    }

    private List<Received> receivedOnceAllAreThere(List<OutboxMessage> delivered) throws Exception {
        Set<UUID> missing = new HashSet<>();
        delivered.forEach(each -> missing.add(each.eventId()));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Received> all = received();
            all.forEach(each -> missing.remove(each.eventId()));
            if (missing.isEmpty()) {
                return all;
            }
            assertTrue(
                    System.nanoTime() < end,
                    () -> missing.size() + " that were answered as delivered have not arrived");
            Pause.briefly();
        }
    }

    /** All that has arrived once these have been delivered, each at its first arrival. */
    private List<UUID> arrived(List<OutboxMessage> delivered) throws Exception {
        Set<UUID> arrived = new LinkedHashSet<>();
        receivedOnceAllAreThere(delivered).forEach(each -> arrived.add(each.eventId()));
        return List.copyOf(arrived);
    }

    private static Map<String, List<UUID>> byKey(List<OutboxMessage> messages) {
        Map<String, List<UUID>> byKey = new LinkedHashMap<>();
        messages.forEach(each -> byKey.computeIfAbsent(each.orderingKey(), key -> new ArrayList<>())
                .add(each.eventId()));
        return byKey;
    }

    private static void assertAllDelivered(List<OutboxMessage> messages, RecordedDeliveries answers) {
        assertEquals(
                messages.size(),
                answers.all(Answer.DELIVERED).size(),
                () -> "delivered; what is said of others is " + answers.reasons());
        assertEquals(
                0,
                messages.stream().filter(each -> answers.answersTo(each) != 1).count(),
                "answered more than once");
    }

    /** Those of each key, and nothing but them, in order. */
    private static void assertInOrder(List<OutboxMessage> messages, List<UUID> arrived) {
        assertEquals(messages.size(), arrived.size(), "as many as were delivered");
        byKey(messages)
                .forEach((key, ids) ->
                        assertEquals(ids, arrived.stream().filter(ids::contains).toList(), "the order of a key"));
    }

    @Test
    void itHasANameAndATime() throws Exception {
        assertFalse(sink().name().isBlank());
        assertTrue(sink().deliveryTimeout().toMillis() > 0);
    }

    @Test
    void whatIsDeliveredIsWhatWasSent() throws Exception {
        Map<String, String> headers = Map.of(
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tenant",
                "J\u00fcrgen & S\u00f6hne, 100 %");
        OutboxMessage sent =
                message("customer 7/\u00e4\u20ac%", "{\"name\":\"\u00e4\u20ac\ud83d\ude00\",\"n\":1.50}", headers);

        assertAllDelivered(List.of(sent), send(List.of(sent)));

        Received got = receivedOnceAllAreThere(List.of(sent)).get(0);
        assertEquals(sent.eventId(), got.eventId());
        assertEquals(sent.key(), got.key());
        assertEquals(sent.type(), got.type());
        assertEquals(sent.version(), got.version());
        assertEquals(sent.occurredAt(), got.occurredAt());
        headers.forEach((name, value) -> assertEquals(value, got.headers().get(name), name));
        assertArrayEquals(sent.payload(), got.payload());
    }

    @Test
    void aMessageMayHaveNoKeyAndBeLarge() throws Exception {
        char[] large = new char[900_000];
        Arrays.fill(large, 'x');
        OutboxMessage sent = message(null, "\"" + new String(large) + "\"");

        assertAllDelivered(List.of(sent), send(List.of(sent)));

        Received got = receivedOnceAllAreThere(List.of(sent)).get(0);
        assertEquals(null, got.key());
        assertArrayEquals(sent.payload(), got.payload());
    }

    @Test
    void manyMessagesOfMixedKeysAreAllDeliveredThoseOfAKeyInOrder() throws Exception {
        List<OutboxMessage> sent = messages(500, 37);

        assertAllDelivered(sent, send(sent));

        assertInOrder(sent, arrived(sent));
    }

    @Test
    void manyMessagesOfOneKeyAreInOrder() throws Exception {
        List<OutboxMessage> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(message("hot", "{\"number\":" + i + "}"));
        }

        assertAllDelivered(sent, send(sent));

        assertInOrder(sent, arrived(sent));
    }

    @Test
    void theOrderOfAKeyHoldsAcrossBatches() throws Exception {
        List<OutboxMessage> sent = new ArrayList<>();
        for (int batch = 0; batch < 10; batch++) {
            List<OutboxMessage> messages = messages(20, 3);
            assertAllDelivered(messages, send(messages));
            sent.addAll(messages);
        }

        assertInOrder(sent, arrived(sent));
    }

    @Test
    void batchesOfSeveralBucketsMayBeUnderWayAtOnce() throws Exception {
        List<OutboxMessage> sent = new ArrayList<>();
        List<Future<?>> sending = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            for (int bucket = 0; bucket < 4; bucket++) {
                List<OutboxMessage> messages = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    messages.add(message("key-" + bucket + "-" + i % 4, "{\"number\":" + i + "}"));
                }
                sent.addAll(messages);
                sending.add(executor.submit(() -> {
                    assertAllDelivered(messages, send(messages));
                    return null;
                }));
            }
            for (Future<?> each : sending) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertInOrder(sent, arrived(sent));
    }

    @Test
    void afterAMessageThatIsRejectedNoneOfItsKeyIsDelivered() throws Exception {
        List<OutboxMessage> sent = messages(60, 5);
        int middle = 20;
        OutboxMessage refused = unacceptable(sent.get(middle));
        assumeTrue(refused != null, "the receiver takes anything");
        OutboxMessage poison = Objects.requireNonNull(refused);
        sent.set(middle, poison);
        List<OutboxMessage> after = sent.subList(middle + 1, sent.size()).stream()
                .filter(each -> each.orderingKey().equals(poison.orderingKey()))
                .toList();
        assertFalse(after.isEmpty());

        RecordedDeliveries answers = send(sent);

        assertEquals(
                Answer.REJECTED, answers.of(poison), () -> answers.reasons().toString());
        assertEquals(after, answers.all(Answer.NOT_SENT));
        List<OutboxMessage> delivered = answers.all(Answer.DELIVERED);
        assertEquals(sent.size() - after.size() - 1, delivered.size(), "those of other keys, and those before it");
        for (String why : answers.reasons()) {
            assertFalse(why.contains(String.valueOf(poison.key())), "a reason names the key: " + why);
            assertFalse(why.contains("number"), "a reason has something of the payload: " + why);
        }
        assertInOrder(delivered, arrived(delivered));
    }

    @Test
    void nothingIsHandedOverOnceTheLeaseIsOver() throws Exception {
        List<OutboxMessage> sent = messages(30, 4);
        RecordedDeliveries answers = new RecordedDeliveries(sent, () -> false);

        send(sent, answers);

        assertEquals(sent, answers.all(Answer.NOT_SENT));
        OutboxMessage last = message(null, "{}");
        assertAllDelivered(List.of(last), send(List.of(last)));
        assertEquals(List.of(last.eventId()), arrived(List.of(last)));
    }

    @Test
    void whatIsNotSentWhenALeaseEndsInBetweenComesAfterWhatWas() throws Exception {
        List<OutboxMessage> sent = messages(40, 3);
        AtomicInteger asked = new AtomicInteger();
        RecordedDeliveries answers = new RecordedDeliveries(sent, () -> asked.incrementAndGet() <= 2);

        send(sent, answers);

        List<OutboxMessage> delivered = answers.all(Answer.DELIVERED);
        assertEquals(
                sent.size(), delivered.size() + answers.all(Answer.NOT_SENT).size());
        Map<String, List<UUID>> got = byKey(delivered);
        byKey(sent).forEach((key, ids) -> {
            List<UUID> begin = got.getOrDefault(key, List.of());
            assertEquals(ids.subList(0, begin.size()), begin, "what is delivered of a key is its beginning");
        });
        List<OutboxMessage> rest = answers.all(Answer.NOT_SENT);
        assertAllDelivered(rest, send(rest));
        assertInOrder(sent, arrived(sent));
    }

    @Test
    void aReceiverThatIsGoneSaysNothingOfAMessageAndTakesItOnceItIsBack() throws Exception {
        holdsOut(this::outage);
    }

    @Test
    void aReceiverThatIsSilentSaysNothingOfAMessageAndTakesItOnceItSpeaks() throws Exception {
        holdsOut(this::silence);
    }

    private void holdsOut(Callable<@Nullable AutoCloseable> begin) throws Exception {
        List<OutboxMessage> sent = messages(20, 3);
        OutboxMessage first = message("key-0", "{}");
        assertAllDelivered(List.of(first), send(List.of(first)));
        AutoCloseable outage = begin.call();
        assumeTrue(outage != null, "the receiver cannot be stopped");
        try (outage) {
            for (int attempt = 0; attempt < 2; attempt++) {
                RecordedDeliveries answers = send(sent);

                assertEquals(List.of(), answers.all(Answer.DELIVERED));
                assertEquals(List.of(), answers.all(Answer.REJECTED));
            }
        }
        long end = System.nanoTime() + 2 * PATIENCE.toNanos();
        List<OutboxMessage> rest = new ArrayList<>(sent);
        while (!rest.isEmpty()) {
            assertTrue(System.nanoTime() < end, "the receiver is back, and nothing gets through");
            rest.removeAll(send(rest).all(Answer.DELIVERED));
            Pause.briefly();
        }
        List<OutboxMessage> all = new ArrayList<>(List.of(first));
        all.addAll(sent);
        List<UUID> arrived = new ArrayList<>(arrived(sent));
        if (!arrived.contains(first.eventId())) { // A receiver that forgets when it is stopped.
            all.remove(first);
        }
        assertInOrder(all, arrived);
    }
}
