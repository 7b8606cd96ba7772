package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Some messages of one bucket at their sink. Thread-safe. */
final class Sending implements Deliveries, Runnable {

    private final Lanes.Held held;
    private final @Nullable HeldKey key;
    private final List<OutboxMessage> messages;
    private final List<OutboxMessage> behind;
    private final OutboxSink sink;
    private final Predicate<Lanes.Held> lasts;
    private final Consumer<Sending> answered;
    private final Map<OutboxMessage, Answer> answers = new HashMap<>();
    private @Nullable String unavailable;
    private @Nullable Map<Boolean, List<OutboxMessage>> byOutcome;

    private enum Fate {
        DELIVERED,
        NOT_SENT,
        FAILED,
        REJECTED
    }

    private record Answer(Fate fate, String why) {}

    private static final Answer DELIVERED = new Answer(Fate.DELIVERED, "");
    private static final Answer NOT_SENT = new Answer(Fate.NOT_SENT, "");

    /**
     * A message that did not get through.
     *
     * @param forGood whether it never will
     */
    record Trouble(OutboxMessage message, String why, boolean forGood) {}

    /**
     * @param key whose messages these are, if they had been taken out of the way
     * @param behind those that were read with them and are not sent, because their key is out of the way
     * @param lasts whether a bucket is held in that epoch for as long as a delivery takes
     * @param answered told once all messages have their answer
     */
    Sending(
            Lanes.Held held,
            @Nullable HeldKey key,
            List<OutboxMessage> messages,
            List<OutboxMessage> behind,
            OutboxSink sink,
            Predicate<Lanes.Held> lasts,
            Consumer<Sending> answered) {
        this.held = held;
        this.key = key;
        this.messages = messages;
        this.behind = behind;
        this.sink = sink;
        this.lasts = lasts;
        this.answered = answered;
    }

    Lanes.Held held() {
        return held;
    }

    @Nullable
    HeldKey key() {
        return key;
    }

    List<OutboxMessage> behind() {
        return behind;
    }

    /** Why nothing gets through at all; null if something may. */
    synchronized @Nullable String unavailable() {
        return unavailable;
    }

    /** The ids of those that can be deleted, once all are answered. */
    List<Long> delivered() {
        return deliveredMessages().stream().map(OutboxMessage::id).toList();
    }

    List<OutboxMessage> deliveredMessages() {
        return outcome(true);
    }

    List<OutboxMessage> undelivered() {
        return outcome(false);
    }

    /** Sorted once, when all are answered. */
    private synchronized List<OutboxMessage> outcome(boolean delivered) {
        if (byOutcome == null) {
            byOutcome = messages.stream().collect(Collectors.partitioningBy(this::isDelivered));
        }
        return Objects.requireNonNull(byOutcome.get(delivered)); // Both are there.
    }

    private boolean isDelivered(OutboxMessage message) {
        Answer answer = answers.get(message);
        return answer != null && answer.fate() == Fate.DELIVERED;
    }

    /** The first of each key that did not get through, though it was tried. */
    synchronized List<Trouble> troubles() {
        Map<String, Trouble> first = new HashMap<>();
        List<Trouble> all = new ArrayList<>();
        for (OutboxMessage message : messages) {
            Answer answer = answers.get(message);
            if (answer == null || answer.fate() == Fate.DELIVERED || answer.fate() == Fate.NOT_SENT) {
                continue;
            }
            Trouble trouble = new Trouble(message, answer.why(), answer.fate() == Fate.REJECTED);
            if (first.putIfAbsent(message.orderingKey(), trouble) == null) {
                all.add(trouble);
            }
        }
        return all;
    }

    @Override
    public void run() {
        if (messages.isEmpty()) {
            answered.accept(this);
            return;
        }
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
        return lasts.test(held);
    }

    @Override
    public void delivered(OutboxMessage message) {
        answer(message, DELIVERED);
    }

    @Override
    public void notSent(OutboxMessage message) {
        answer(message, NOT_SENT);
    }

    @Override
    public void failed(OutboxMessage message, String why) {
        answer(message, new Answer(Fate.FAILED, why));
    }

    @Override
    public void rejected(OutboxMessage message, String why) {
        answer(message, new Answer(Fate.REJECTED, why));
    }

    @Override
    public void unavailable(String why) {
        synchronized (this) {
            if (answers.size() < messages.size()) {
                unavailable = String.valueOf(why);
            }
        }
        messages.forEach(this::notSent);
    }

    private void answer(OutboxMessage message, Answer answer) {
        boolean last;
        synchronized (this) {
            // Of several answers to one message the first counts.
            last = answers.putIfAbsent(message, answer) == null && answers.size() == messages.size();
        }
        if (last) {
            answered.accept(this);
        }
    }
}
