package io.plimsoll.test;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** The answers to one batch, in the place of the relay. Thread-safe. */
final class RecordedDeliveries implements Deliveries {

    /** What a sink can say of a message. */
    enum Answer {
        DELIVERED,
        NOT_SENT,
        FAILED,
        REJECTED
    }

    private final List<OutboxMessage> messages;
    private final BooleanSupplier lasts;
    private final Map<OutboxMessage, List<Answer>> answers = new HashMap<>();
    private final List<String> reasons = new ArrayList<>();

    /** @param lasts what {@link #mayStillSend} says */
    RecordedDeliveries(List<OutboxMessage> messages, BooleanSupplier lasts) {
        this.messages = messages;
        this.lasts = lasts;
    }

    @Override
    public boolean mayStillSend() {
        return lasts.getAsBoolean();
    }

    @Override
    public void delivered(OutboxMessage message) {
        answer(message, Answer.DELIVERED);
    }

    @Override
    public void notSent(OutboxMessage message) {
        answer(message, Answer.NOT_SENT);
    }

    @Override
    public synchronized void failed(OutboxMessage message, String why) {
        reasons.add(why);
        answer(message, Answer.FAILED);
    }

    @Override
    public synchronized void rejected(OutboxMessage message, String why) {
        reasons.add(why);
        answer(message, Answer.REJECTED);
    }

    @Override
    public synchronized void unavailable(String why) {
        reasons.add(why);
        messages.stream().filter(each -> !answers.containsKey(each)).forEach(this::notSent);
    }

    private synchronized void answer(OutboxMessage message, Answer answer) {
        answers.computeIfAbsent(message, each -> new ArrayList<>()).add(answer);
        notifyAll();
    }

    /** Waits until each message has an answer, and fails if one has none when the time is up. */
    synchronized void awaitAll(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (answers.size() < messages.size()) {
            long left = end - System.nanoTime();
            assertTrue(
                    left > 0,
                    () -> (messages.size() - answers.size()) + " of " + messages.size()
                            + " messages have no answer after " + time);
            wait(left / 1_000_000 + 1);
        }
    }

    /** The one that counts. */
    synchronized Answer of(OutboxMessage message) {
        return Objects.requireNonNull(answers.get(message)).get(0);
    }

    synchronized int answersTo(OutboxMessage message) {
        return answers.getOrDefault(message, List.of()).size();
    }

    synchronized List<OutboxMessage> all(Answer answer) {
        return messages.stream().filter(each -> of(each) == answer).toList();
    }

    /** What people would read. */
    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }
}
