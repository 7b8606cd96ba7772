package io.plimsoll.spring.outbox.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.RejectedMessageException;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import io.plimsoll.spring.outbox.waves.Waves;
import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One batch on one channel; on another one if the broker closes that. */
final class RabbitBatch implements Waves.Handover {

    /** Below the 128 KB of a frame. */
    private static final int LONGEST_HEADERS = 100_000;

    private static final int LONGEST_ROUTING_KEY = 255;

    private final Channels channels;
    private final RabbitSinkProperties properties;
    private final String source;
    private final AtomicInteger unanswered = new AtomicInteger();
    private @Nullable ConfirmedChannel channel;
    private boolean over;

    RabbitBatch(Channels channels, RabbitSinkProperties properties, String source) {
        this.channels = channels;
        this.properties = properties;
        this.source = source;
    }

    @Override
    public void start(OutboxMessage message, Consumer<Outcome> outcome) {
        BasicProperties head = EventProperties.of(message, source);
        if (message.payload().length > properties.maxMessageSize().toBytes()) {
            throw new RejectedMessageException("larger than plimsoll.outbox.rabbit.max-message-size");
        }
        if (EventProperties.size(head) > LONGEST_HEADERS
                || message.topic().getBytes(UTF_8).length > LONGEST_ROUTING_KEY) {
            throw new RejectedMessageException("its headers or its topic are longer than AMQP lets them be");
        }
        ConfirmedChannel now = channel();
        unanswered.incrementAndGet();
        now.publish(properties.exchange(), message.topic(), head, message.payload(), each -> {
            unanswered.decrementAndGet();
            outcome.accept(each);
        });
    }

    private ConfirmedChannel channel() {
        ConfirmedChannel now;
        synchronized (this) {
            now = channel;
        }
        if (now != null && now.isOpen()) {
            return now;
        }
        ConfirmedChannel other = channels.take(); // May block, and the time of the batch may be over meanwhile.
        synchronized (this) {
            if (!over) {
                channel = other;
                return other;
            }
        }
        channels.giveBack(other);
        throw new SinkUnavailableException("no channel in time");
    }

    @Override
    public void over() {
        ConfirmedChannel used;
        synchronized (this) {
            over = true;
            used = channel;
            channel = null;
        }
        if (used != null && unanswered.get() == 0 && used.isOpen()) {
            channels.giveBack(used);
        } else if (used != null) {
            channels.discard(used);
        }
    }
}
