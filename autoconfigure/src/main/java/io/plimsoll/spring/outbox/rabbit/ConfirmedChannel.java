package io.plimsoll.spring.outbox.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel on which the broker confirms what it has. It confirms also what it could take to no queue, and returns that before: so
 * both are listened to. One thread publishes at a time; answers come on another.
 */
final class ConfirmedChannel {

    private final Channel channel;

    /** What has no answer, by the number of its publication. */
    private final NavigableMap<Long, Publication> open = new TreeMap<>();

    /** Ids of messages that came back. */
    private final Set<String> returned = ConcurrentHashMap.newKeySet();

    private record Publication(@Nullable String messageId, Consumer<Outcome> outcome) {}

    /** @param channel nobody else's */
    ConfirmedChannel(Channel channel) throws IOException {
        this.channel = channel;
        channel.confirmSelect();
        channel.addReturnListener(
                message -> returned.add(Objects.toString(message.getProperties().getMessageId(), "")));
        channel.addConfirmListener(
                (number, multiple) -> answer(number, multiple, null),
                (number, multiple) -> answer(number, multiple, Outcome.failed("the broker could not take it")));
        channel.addShutdownListener(cause -> answer(Long.MAX_VALUE, true, outcome(cause)));
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void publish(String exchange, String topic, BasicProperties properties, byte[] payload, Consumer<Outcome> outcome) {
        long number;
        synchronized (open) {
            number = channel.getNextPublishSeqNo();
            open.put(number, new Publication(properties.getMessageId(), outcome));
        }
        try {
            channel.basicPublish(exchange, topic, true, properties, payload);
        } catch (ShutdownSignalException e) {
            answer(number, false, outcome(e));
        } catch (IOException e) {
            answer(number, false, Outcome.unavailable(e.getClass().getSimpleName()));
        }
    }

    /** @param problem null if it was confirmed */
    private void answer(long number, boolean multiple, @Nullable Outcome problem) {
        List<Publication> answered = new ArrayList<>();
        synchronized (open) {
            if (multiple) {
                NavigableMap<Long, Publication> all = open.headMap(number, true);
                answered.addAll(all.values());
                all.clear();
            } else {
                Publication one = open.remove(number);
                if (one != null) {
                    answered.add(one);
                }
            }
        }
        for (Publication each : answered) {
            boolean cameBack = returned.remove(Objects.toString(each.messageId(), ""));
            Outcome outcome = cameBack ? Outcome.failed("no queue is bound for it") : Outcome.delivered();
            each.outcome().accept(problem == null ? outcome : problem);
        }
    }

    /** A channel is closed for what was published on it; if it is because of one of them, nobody knows which. */
    private static Outcome outcome(ShutdownSignalException cause) {
        if (!cause.isHardError()
                && !cause.isInitiatedByApplication()
                && cause.getReason() instanceof com.rabbitmq.client.AMQP.Channel.Close close) {
            return close.getReplyCode() == com.rabbitmq.client.AMQP.PRECONDITION_FAILED
                    ? Outcome.failed("the broker closed the channel: " + close.getReplyCode())
                    : Outcome.unavailable("the broker closed the channel: " + close.getReplyCode());
        }
        return Outcome.unavailable("the connection is closed");
    }

    /** May wait for the broker. */
    void close() {
        try {
            channel.abort();
        } catch (IOException | RuntimeException e) {
            return; // It is closed.
        }
    }
}
