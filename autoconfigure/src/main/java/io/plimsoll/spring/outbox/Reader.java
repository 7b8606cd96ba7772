package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what is to be delivered, of all buckets of which nothing is under way at once, and hands it on. Runs on one thread. */
final class Reader implements Runnable {

    private static final Log log = LogFactory.getLog(Reader.class);

    private final OutboxStore store;
    private final Horizon horizon;
    private final Lanes lanes;
    private final TopicFilter filter;
    private final Dispatch dispatch;
    private final BooleanSupplier lasts;
    private final int batchSize;
    private final long maxBytes;
    private final Duration pollInterval;

    Reader(
            OutboxStore store,
            Horizon horizon,
            Lanes lanes,
            TopicFilter filter,
            Dispatch dispatch,
            BooleanSupplier lasts,
            OutboxProperties properties) {
        this.store = store;
        this.horizon = horizon;
        this.lanes = lanes;
        this.filter = filter;
        this.dispatch = dispatch;
        this.lasts = lasts;
        this.batchSize = properties.batchSize();
        this.maxBytes = properties.batchBytes().toBytes();
        this.pollInterval = properties.pollInterval();
    }

    /** Until the lanes are closed. */
    @Override
    public void run() {
        try {
            while (lanes.isOpen()) {
                if (!readOnce()) {
                    lanes.await(pollInterval.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there was anything */
    private boolean readOnce() {
        if (!lasts.getAsBoolean()) {
            lanes.heard(); // To wait until the lease is renewed, and not to ask in a circle.
            return false;
        }
        List<Lanes.Held> taken = lanes.take();
        if (taken.isEmpty()) {
            return false;
        }
        Set<Lanes.Held> left = new LinkedHashSet<>(taken);
        try {
            return read(taken, left);
        } catch (DataAccessException e) {
            horizon.reset();
            log.warn("The outbox could not be read; it is tried again", e);
            left.forEach(held -> lanes.failed(held, false));
        } catch (RuntimeException | Error e) { // Whatever it is, this thread is the only one that reads.
            log.error("The outbox could not be read; it is tried again", e);
            left.forEach(held -> lanes.failed(held, false));
        }
        return false;
    }

    /** @param left those that nobody else takes care of; each is removed once somebody does */
    private boolean read(List<Lanes.Held> taken, Set<Lanes.Held> left) {
        List<Lane> from =
                taken.stream().map(held -> horizon.lane(held.bucket())).toList();
        Map<Integer, Long> epochs = taken.stream().collect(Collectors.toMap(Lanes.Held::bucket, Lanes.Held::epoch));
        Set<HeldKey> heldKeys = new HashSet<>();
        Poll poll = store.apart().statementByStatement(jdbc -> {
            Poll found = store.dialect().poll(jdbc, from, filter, batchSize, maxBytes);
            heldKeys.addAll(heldKeys(jdbc, found.events()));
            return found;
        });
        if (store.hasHorizon()) {
            horizon.polled(from, poll);
        }
        Map<Integer, List<OutboxMessage>> found = poll.events().stream()
                .map(event -> event.message(epochs.getOrDefault(event.bucket(), 0L)))
                .collect(Collectors.groupingBy(OutboxMessage::bucket));
        for (Lanes.Held held : taken) {
            List<OutboxMessage> messages = found.get(held.bucket());
            left.remove(held);
            if (messages == null) {
                lanes.idle(held);
            } else if (lanes.mayTry()) {
                send(held, messages, heldKeys);
            } else {
                lanes.untried(held);
            }
        }
        return !found.isEmpty();
    }

    /**
     * Which of their keys are out of the way. Asked after the events were read: a key that goes on meanwhile has had all that
     * came before them delivered.
     */
    private Set<HeldKey> heldKeys(JdbcTemplate jdbc, List<StoredEvent> events) {
        Set<Integer> buckets = store.held()
                .withHeldKeys(jdbc, events.stream().map(StoredEvent::bucket).collect(Collectors.toSet()));
        return buckets.isEmpty()
                ? Set.of()
                : store.held()
                        .among(
                                jdbc,
                                events.stream()
                                        .filter(event -> buckets.contains(event.bucket()))
                                        .map(event -> HeldKey.of(event.message(0)))
                                        .collect(Collectors.toSet()));
    }

    private void send(Lanes.Held held, List<OutboxMessage> all, Set<HeldKey> heldKeys) {
        List<OutboxMessage> messages = new ArrayList<>(all.size());
        List<OutboxMessage> behind = new ArrayList<>();
        for (OutboxMessage message : all) {
            boolean out = !heldKeys.isEmpty() && heldKeys.contains(HeldKey.of(message));
            (out ? behind : messages).add(message);
        }
        if (!dispatch.send(held, null, messages, behind)) {
            lanes.failed(held, false); // The application is going down.
        }
    }
}
