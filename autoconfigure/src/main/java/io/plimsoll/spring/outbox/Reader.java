package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;

/** Reads what is to be delivered, of all buckets of which nothing is under way at once, and hands it on. Runs on one thread. */
final class Reader implements Runnable {

    private static final Log log = LogFactory.getLog(Reader.class);

    private final OutboxStore store;
    private final Horizon horizon;
    private final Lanes lanes;
    private final HeldKeys keys;
    private final TopicFilter filter;
    private final Dispatch dispatch;
    private final int batchSize;
    private final long maxBytes;
    private final Duration pollInterval;

    Reader(
            OutboxStore store,
            Horizon horizon,
            Lanes lanes,
            HeldKeys keys,
            TopicFilter filter,
            Dispatch dispatch,
            OutboxProperties properties) {
        this.store = store;
        this.horizon = horizon;
        this.lanes = lanes;
        this.keys = keys;
        this.filter = filter;
        this.dispatch = dispatch;
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
        if (!dispatch.maySend()) {
            lanes.heard(); // To wait until the lease is renewed, and not to ask in a circle.
            return false;
        }
        List<Lanes.Held> taken = lanes.take();
        if (taken.isEmpty()) {
            return false;
        }
        List<Lane> from =
                taken.stream().map(held -> horizon.lane(held.bucket())).toList();
        Poll poll;
        try {
            poll = store.apart().statementByStatement(jdbc -> {
                from.forEach(
                        lane -> keys.know(lane.bucket(), bucket -> store.held().held(jdbc, bucket)));
                return store.dialect().poll(jdbc, from, filter, batchSize, maxBytes);
            });
        } catch (DataAccessException e) {
            horizon.reset();
            log.warn("The outbox could not be read; it is tried again", e);
            taken.forEach(held -> lanes.failed(held, false));
            return false;
        }
        if (store.hasHorizon()) {
            horizon.polled(from, poll);
        }
        Map<Integer, List<StoredEvent>> found =
                poll.events().stream().collect(Collectors.groupingBy(StoredEvent::bucket));
        for (Lanes.Held held : taken) {
            List<StoredEvent> events = found.get(held.bucket());
            if (events == null) {
                lanes.idle(held);
            } else if (lanes.mayTry()) {
                send(held, events);
            } else {
                lanes.untried(held);
            }
        }
        return !found.isEmpty();
    }

    private void send(Lanes.Held held, List<StoredEvent> events) {
        List<OutboxMessage> messages = new ArrayList<>(events.size());
        List<OutboxMessage> behind = new ArrayList<>();
        for (StoredEvent event : events) {
            OutboxMessage message = event.message(held.epoch());
            (keys.has(message) ? behind : messages).add(message);
        }
        if (!dispatch.send(held, null, messages, behind)) {
            lanes.failed(held, false); // The application is going down.
        }
    }
}
