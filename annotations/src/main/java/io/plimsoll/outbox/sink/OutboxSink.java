package io.plimsoll.outbox.sink;

import java.time.Duration;
import java.util.List;

/**
 * Delivers events to somebody: a broker, a service. A bean; thread-safe, as it is given messages of several buckets at once.
 *
 * <p><b>The contract that keeps the order:</b> if a message is not delivered, no later one of its
 * {@link OutboxMessage#orderingKey()} in the same list is. A sink that sends ahead must be sure that what it has sent can be held
 * back. {@code OutboxSinkContract} in plimsoll-test proves it.
 */
public interface OutboxSink {

    /** By which {@code plimsoll.outbox.topics.<topic>.sink} calls it. No two sinks have one. */
    String name();

    /** After which every message that was given to {@link #send} has its answer, whatever happens. */
    Duration deliveryTimeout();

    /**
     * Delivers messages of one bucket, in their order. May return before they are answered; an exception is
     * {@link Deliveries#unavailable}. {@link Deliveries#oneByOne} is all that a sink without any hurry needs.
     */
    void send(List<OutboxMessage> messages, Deliveries answers) throws Exception;
}
