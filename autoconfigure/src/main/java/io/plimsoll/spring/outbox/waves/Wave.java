package io.plimsoll.spring.outbox.waves;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.RejectedMessageException;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One batch. The first message of each key may be handed over; another one may once the one before it is delivered. Those that
 * come after one that is not are not sent. If the receiver is unreachable, that is said when nothing is under way any more: until
 * then what was handed over may still arrive, and the bucket must not get to somebody else. Thread-safe.
 */
final class Wave {

    private final Deliveries answers;
    private final Waves.Handover handover;
    private final int atOnce;
    private final long until;
    private final Executor executor;

    /** What has not been handed over, by key. */
    private final Map<String, Deque<OutboxMessage>> waiting = new LinkedHashMap<>();

    /** Keys of which the first that waits may go. */
    private final Deque<String> ready = new ArrayDeque<>();

    private final Set<OutboxMessage> underWay = new HashSet<>();

    /** Those under way whose outcome is known. */
    private final Set<OutboxMessage> settling = new HashSet<>();

    private boolean handingOver;
    private boolean anyDelivered;
    private @Nullable String unavailable;
    private boolean over;
    private @Nullable Future<?> end;

    /**
     * @param until by {@link System#nanoTime}, when the last message may be handed over
     * @param executor for what an answer leads to: whoever brings it is a thread of the client, and must not be blocked
     */
    Wave(
            List<OutboxMessage> messages,
            Deliveries answers,
            Waves.Handover handover,
            int atOnce,
            long until,
            Executor executor) {
        this.answers = answers;
        this.handover = handover;
        this.atOnce = atOnce;
        this.until = until;
        this.executor = executor;
        for (OutboxMessage message : messages) {
            waiting.computeIfAbsent(message.orderingKey(), key -> new ArrayDeque<>())
                    .add(message);
        }
        ready.addAll(waiting.keySet());
    }

    /** @param end what calls {@link #expire} when the time of the batch is over */
    synchronized void endAt(Future<?> end) {
        this.end = end;
    }

    void begin() {
        synchronized (this) {
            handingOver = true;
        }
        goOn();
    }

    private void handOver() {
        OutboxMessage next = next();
        while (next != null) {
            OutboxMessage message = next;
            try {
                handover.start(message, outcome -> settle(message, outcome));
            } catch (Throwable failure) {
                settle(message, outcome(failure));
            }
            next = next();
        }
    }

    private static Outcome outcome(Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return Outcome.unavailable("interrupted");
        }
        if (failure instanceof RejectedMessageException) {
            return Outcome.rejected(String.valueOf(failure.getMessage()));
        }
        if (failure instanceof SinkUnavailableException) {
            return Outcome.unavailable(String.valueOf(failure.getMessage()));
        }
        return Outcome.failed(failure.getClass().getName());
    }

    /** Null if none may be handed over now; whoever makes one ready goes on. */
    private @Nullable OutboxMessage next() {
        // Asked without the lock, and a moment early at worst: it is asked for the first that goes after it.
        boolean may = System.nanoTime() - until < 0 && answers.mayStillSend();
        List<OutboxMessage> held = List.of();
        OutboxMessage next = null;
        synchronized (this) {
            if (!may && unavailable == null) {
                held = holdAll();
            }
            if (unavailable == null && !ready.isEmpty() && underWay.size() < atOnce) {
                next = Objects.requireNonNull(waiting.get(ready.remove())).remove();
                underWay.add(next);
            } else {
                handingOver = false;
            }
        }
        held.forEach(answers::notSent);
        finishIfOver();
        return next;
    }

    private synchronized List<OutboxMessage> holdAll() {
        List<OutboxMessage> held = new ArrayList<>();
        waiting.values().forEach(held::addAll);
        waiting.clear();
        ready.clear();
        return held;
    }

    private void settle(OutboxMessage message, Outcome outcome) {
        synchronized (this) {
            if (!underWay.contains(message) || !settling.add(message)) {
                return; // It was answered before, or the time was over.
            }
        }
        // Under way until it is answered: an UNAVAILABLE of another one must not answer it otherwise.
        switch (outcome.kind()) {
            case DELIVERED -> answers.delivered(message);
            case FAILED -> answers.failed(message, outcome.why());
            case REJECTED -> answers.rejected(message, outcome.why());
            case UNAVAILABLE -> {
                // Said of all at once, by finishIfOver.
            }
        }
        goOnAfter(message, outcome);
        finishIfOver();
    }

    private void goOnAfter(OutboxMessage message, Outcome outcome) {
        List<OutboxMessage> held = List.of();
        boolean goOn;
        synchronized (this) {
            underWay.remove(message);
            settling.remove(message);
            Deque<OutboxMessage> behind = waiting.getOrDefault(message.orderingKey(), new ArrayDeque<>());
            switch (outcome.kind()) {
                case DELIVERED -> {
                    anyDelivered = true;
                    if (!behind.isEmpty()) {
                        ready.add(message.orderingKey());
                    }
                }
                case UNAVAILABLE -> unavailable = unavailable == null ? outcome.why() : unavailable;
                case FAILED, REJECTED -> {
                    held = List.copyOf(behind);
                    behind.clear();
                }
            }
            goOn = unavailable == null && !handingOver && !ready.isEmpty();
            handingOver |= goOn;
        }
        held.forEach(answers::notSent);
        if (goOn) {
            goOn();
        }
    }

    private void goOn() {
        try {
            executor.execute(this::handOver);
        } catch (RejectedExecutionException closed) {
            holdAll().forEach(answers::notSent);
            finishIfOver();
        }
    }

    private void finishIfOver() {
        String why;
        Future<?> timer;
        synchronized (this) {
            if (over || !underWay.isEmpty() || (unavailable == null && !ready.isEmpty())) {
                return;
            }
            over = true;
            why = unavailable;
            timer = end;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        handover.over();
        if (why != null) {
            answers.unavailable(why);
        }
    }

    /** The time of the batch is over. If nothing at all got through, that is not the fault of a message. */
    void expire() {
        List<OutboxMessage> unanswered;
        List<OutboxMessage> held;
        boolean reachable;
        synchronized (this) {
            if (over) {
                return;
            }
            held = holdAll();
            underWay.removeAll(settling);
            unanswered = List.copyOf(underWay);
            underWay.clear();
            over = true;
            reachable = anyDelivered && unavailable == null;
        }
        handover.over();
        held.forEach(answers::notSent);
        if (reachable) {
            unanswered.forEach(each -> answers.failed(each, "no answer in time"));
        } else {
            answers.unavailable("no answer in time");
        }
    }
}
