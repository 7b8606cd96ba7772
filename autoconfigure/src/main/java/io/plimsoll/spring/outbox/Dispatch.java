package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives messages to a sink, on threads of its own. Thread-safe. */
final class Dispatch {

    private final OutboxSink sink;
    private final Executor senders;
    private final BooleanSupplier lasts;
    private final Consumer<Sending> answered;

    /**
     * @param lasts whether the lease does, for as long as a delivery takes
     * @param answered told of messages that all have their answer
     */
    Dispatch(OutboxSink sink, Executor senders, BooleanSupplier lasts, Consumer<Sending> answered) {
        this.sink = sink;
        this.senders = senders;
        this.lasts = lasts;
        this.answered = answered;
    }

    /** Whether the lease lasts: it may be renewed in a moment. */
    boolean maySend() {
        return lasts.getAsBoolean();
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
