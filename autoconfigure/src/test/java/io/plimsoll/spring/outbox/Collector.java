package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Writes down what it is given, in the order in which that is delivered. */
final class Collector implements OutboxSink {

    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final List<OutboxMessage> messages = new CopyOnWriteArrayList<>();
    private final Predicate<OutboxMessage> accepts;

    Collector() {
        this(message -> true);
    }

    /** @param accepts whether a message gets through; what comes after one of its key that does not, does not either */
    Collector(Predicate<OutboxMessage> accepts) {
        this.accepts = accepts;
    }

    /** Payloads. */
    List<String> delivered() {
        return delivered;
    }

    List<String> keys() {
        return messages.stream().map(message -> String.valueOf(message.key())).toList();
    }

    List<String> eventIds() {
        return messages.stream().map(message -> message.eventId().toString()).toList();
    }

    @Override
    public String name() {
        return "collector";
    }

    @Override
    public Duration deliveryTimeout() {
        return Duration.ofMillis(500);
    }

    @Override
    public void send(List<OutboxMessage> messages, Deliveries answers) {
        Set<String> stopped = new HashSet<>();
        for (OutboxMessage message : messages) {
            if (stopped.contains(message.orderingKey()) || !answers.mayStillSend()) {
                answers.notSent(message);
            } else if (accepts.test(message)) {
                this.messages.add(message);
                delivered.add(new String(message.payload(), StandardCharsets.UTF_8));
                answers.delivered(message);
            } else {
                stopped.add(message.orderingKey());
                answers.failed(message, "refused");
            }
        }
    }
}
