package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** One batch of one bucket at its sink. Thread-safe. */
final class Sending implements Deliveries, Runnable {

    private static final Log log = LogFactory.getLog(Sending.class);

    private final Lanes.Held held;
    private final List<OutboxMessage> messages;
    private final OutboxSink sink;
    private final BooleanSupplier lasts;
    private final Consumer<Sending> answered;
    private final Set<OutboxMessage> open;
    private final List<Long> delivered = new ArrayList<>();
    private boolean failed;

    /**
     * @param lasts whether the lease does, for as long as a delivery takes
     * @param answered told once all messages have their answer
     */
    Sending(
            Lanes.Held held,
            List<OutboxMessage> messages,
            OutboxSink sink,
            BooleanSupplier lasts,
            Consumer<Sending> answered) {
        this.held = held;
        this.messages = messages;
        this.sink = sink;
        this.lasts = lasts;
        this.answered = answered;
        this.open = new HashSet<>(messages);
    }

    Lanes.Held held() {
        return held;
    }

    /** What can be deleted, once all are answered. */
    synchronized List<Long> delivered() {
        return List.copyOf(delivered);
    }

    synchronized boolean hasFailed() {
        return failed;
    }

    @Override
    public void run() {
        try {
            sink.send(messages, this);
        } catch (Throwable failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            unavailable(failure.getClass().getName());
        }
    }

    @Override
    public boolean mayStillSend() {
        return lasts.getAsBoolean();
    }

    @Override
    public void delivered(OutboxMessage message) {
        answer(message, true);
    }

    @Override
    public void notSent(OutboxMessage message) {
        answer(message, false);
    }

    @Override
    public void failed(OutboxMessage message, String why) {
        answer(message, false);
    }

    @Override
    public void rejected(OutboxMessage message, String why) {
        answer(message, false);
    }

    @Override
    public void unavailable(String why) {
        log.warn("The sink " + sink.name() + " is not available: " + why);
        messages.forEach(message -> answer(message, false));
    }

    private void answer(OutboxMessage message, boolean good) {
        boolean last;
        synchronized (this) {
            if (!open.remove(message)) {
                return; // It was answered before.
            }
            if (good) {
                delivered.add(message.id());
            }
            failed |= !good;
            last = open.isEmpty();
        }
        if (last) {
            answered.accept(this);
        }
    }
}
