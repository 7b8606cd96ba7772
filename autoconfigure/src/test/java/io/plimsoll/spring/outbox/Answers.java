package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What a sink says of a batch. */
public final class Answers implements Deliveries {

    private static final AtomicLong IDS = new AtomicLong();

    private final Set<OutboxMessage> open;
    private final List<OutboxMessage> delivered = new ArrayList<>();
    private final List<OutboxMessage> notSent = new ArrayList<>();
    private final List<OutboxMessage> failed = new ArrayList<>();
    private final List<OutboxMessage> rejected = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private boolean unavailable;

    public Answers(List<OutboxMessage> messages) {
        this.open = new LinkedHashSet<>(messages);
    }

    /** Sends, and waits for the answers. */
    public static Answers of(OutboxSink sink, List<OutboxMessage> messages) throws Exception {
        Answers answers = new Answers(messages);
        try {
            sink.send(messages, answers);
        } catch (SinkUnavailableException e) {
            answers.unavailable(String.valueOf(e.getMessage()));
        }
        Awaitility.await().atMost(sink.deliveryTimeout()).until(answers::complete);
        return answers;
    }

    public static OutboxMessage message(String topic, @Nullable String key, String payload) {
        return new OutboxMessage(
                1,
                IDS.incrementAndGet(),
                1,
                UUID.randomUUID(),
                topic,
                key,
                "order.placed",
                1,
                Map.of(),
                payload.getBytes(StandardCharsets.UTF_8),
                Instant.now());
    }

    public static OutboxMessage withPayload(OutboxMessage message, byte[] payload) {
        return new OutboxMessage(
                message.bucket(),
                message.id(),
                message.epoch(),
                message.eventId(),
                message.topic(),
                message.key(),
                message.type(),
                message.version(),
                message.headers(),
                payload,
                message.occurredAt());
    }

    public synchronized boolean complete() {
        return open.isEmpty();
    }

    @Override
    public boolean mayStillSend() {
        return true;
    }

    @Override
    public void delivered(OutboxMessage message) {
        answer(message, delivered);
    }

    @Override
    public void notSent(OutboxMessage message) {
        answer(message, notSent);
    }

    @Override
    public synchronized void failed(OutboxMessage message, String why) {
        reasons.add(why);
        answer(message, failed);
    }

    @Override
    public synchronized void rejected(OutboxMessage message, String why) {
        reasons.add(why);
        answer(message, rejected);
    }

    @Override
    public synchronized void unavailable(String why) {
        unavailable = true;
        reasons.add(why);
        List.copyOf(open).forEach(this::notSent);
    }

    private synchronized void answer(OutboxMessage message, List<OutboxMessage> answered) {
        if (open.remove(message)) {
            answered.add(message);
        }
    }

    public synchronized List<OutboxMessage> delivered() {
        return List.copyOf(delivered);
    }

    public synchronized List<OutboxMessage> notSent() {
        return List.copyOf(notSent);
    }

    public synchronized List<OutboxMessage> failed() {
        return List.copyOf(failed);
    }

    public synchronized List<OutboxMessage> rejected() {
        return List.copyOf(rejected);
    }

    public synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    public synchronized boolean saidUnavailable() {
        return unavailable;
    }
}
