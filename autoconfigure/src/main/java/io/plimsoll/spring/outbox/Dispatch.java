package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives messages to a sink, on threads of its own. Thread-safe. */
final class Dispatch {

    private final OutboxSink sink;
    private final Executor senders;
    private final Predicate<Lanes.Held> lasts;
    private final Consumer<Sending> answered;

    /**
     * @param lasts whether a bucket is held in that epoch for as long as a delivery takes
     * @param answered told of messages that all have their answer
     */
    Dispatch(OutboxSink sink, Executor senders, Predicate<Lanes.Held> lasts, Consumer<Sending> answered) {
        this.sink = sink;
        this.senders = senders;
        this.lasts = lasts;
        this.answered = answered;
    }

    /**
     * Sends messages of one bucket.
     *
     * @param key whose messages these are, if they had been taken out of the way
     * @param behind those that are not sent, because their key is out of the way
     * @return false if nothing is sent any more
     */
    boolean send(Lanes.Held held, @Nullable HeldKey key, List<OutboxMessage> messages, List<OutboxMessage> behind) {
        try {
            senders.execute(new Sending(held, key, List.copyOf(messages), List.copyOf(behind), sink, lasts, answered));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
