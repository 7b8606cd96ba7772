package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.TransactionException;

/** Delivers what is in the outbox, as one of the instances of its application. Thread-safe. */
final class Relay implements SmartLifecycle {

    private static final Log log = LogFactory.getLog(Relay.class);

    /** Stops after web servers and listener containers, which still publish, and before connections. */
    private static final int PHASE = 1_000;

    private final OutboxStore store;
    private final Routes routes;
    private final String application;
    private final OutboxProperties properties;
    private final DeliveryMeter meter;
    private final WakeUps wakeUps;
    private volatile boolean started;
    private volatile @Nullable Running running;

    /** @param application whose instances share the buckets */
    Relay(
            OutboxStore store,
            Routes routes,
            String application,
            OutboxProperties properties,
            DeliveryMeter meter,
            WakeUps wakeUps) {
        this.meter = meter;
        this.wakeUps = wakeUps;
        this.store = store;
        this.routes = routes;
        this.application = application;
        this.properties = properties;
        store.onFirstUse(this::usedLate);
    }

    private static void requireTime(OutboxSink sink, OutboxProperties properties) {
        // A third of the lease has passed before it is renewed.
        Duration least =
                sink.deliveryTimeout().plus(Channel.MARGIN).multipliedBy(3).dividedBy(2);
        if (properties.lease().compareTo(least) < 0) {
            throw new BrokenPromiseException(
                    "plimsoll.outbox.lease is " + properties.lease() + ", and the sink "
                            + sink.getClass().getName() + " may take " + sink.deliveryTimeout()
                            + " to answer: an instance that was given up could still send old events after new ones.",
                    "Let it answer earlier, or set plimsoll.outbox.lease to at least " + least.toMillis() + "ms.");
        }
    }

    /** Events have been committed here. */
    void committed(List<EventRow> events) {
        Running now = running;
        if (now != null) {
            now.committed(events);
        }
    }

    @Override
    public void start() {
        started = true;
        routes.filters().forEach((sink, filter) -> {
            requireTime(sink, properties);
            if (sink instanceof ListenerSink) {
                store.use();
            }
        });
        if (properties.names()) {
            store.use();
        }
        store.topics().forEach(this::requireRoute);
        if (store.isUsed()) {
            begin();
        }
    }

    private void requireRoute(String topic, String method) {
        try {
            routes.require(topic);
        } catch (IllegalArgumentException e) {
            throw new BrokenPromiseException(
                    "@Outboxed on " + method + ": " + e.getMessage(), "Do one of those, or name another topic.");
        }
    }

    /** Somebody who is made late publishes: the first of them is not kept waiting for that. */
    private void usedLate() {
        if (started && running == null) {
            Thread starting = new Thread(this::begin, "plimsoll-outbox-start");
            starting.setDaemon(true);
            starting.setUncaughtExceptionHandler((thread, e) -> log.error("The outbox delivers nothing", e));
            starting.start();
        }
    }

    private synchronized void begin() {
        if (!started || running != null || routes.filters().isEmpty()) {
            return;
        }
        try {
            store.buckets(); // Without tables of its own the application does not start.
            new Membership(store, application, properties.lease()).requireOwnTables();
        } catch (DataAccessException e) {
            log.warn("The database of the outbox does not answer. Until it does nothing is delivered.", e);
        }
        log.info("The outbox delivers: " + routes);
        running = new Running();
    }

    @Override
    public void stop() {
        Running now;
        synchronized (this) { // Not while one begins.
            started = false;
            now = running;
            running = null;
        }
        if (now != null) {
            now.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** From one start to its stop. */
    private final class Running {

        private final Membership self = new Membership(store, application, properties.lease());
        private final BucketLeases leases = new BucketLeases(store, self);
        private final List<Channel> channels = new ArrayList<>();
        private final ScheduledExecutorService leasing;
        private boolean joined;

        Running() {
            routes.filters()
                    .forEach((sink, filter) -> channels.add(new Channel(store, sink, filter, self, properties, meter)));
            CustomizableThreadFactory threads = new CustomizableThreadFactory("plimsoll-outbox-lease-");
            threads.setDaemon(true);
            leasing = Executors.newSingleThreadScheduledExecutor(threads);
            wakeUps.start(this::woken);
            long third = properties.lease().toMillis() / 3;
            leasing.scheduleWithFixedDelay(this::lease, 0, third, TimeUnit.MILLISECONDS);
        }

        /** Wakes those here that have the buckets, and lets others know of theirs. */
        void committed(List<EventRow> events) {
            Set<Integer> others = new HashSet<>();
            boolean mine = false;
            for (EventRow event : events) {
                if (channels.get(0).lanes().holds(event.bucket())) {
                    mine = true;
                } else {
                    others.add(event.bucket());
                }
            }
            if (mine) {
                channels.forEach(channel -> channel.lanes().signal());
            }
            if (!others.isEmpty()) {
                wakeUps.tell(others);
            }
        }

        /** Of buckets; of none if it may be any. */
        private void woken(Set<Integer> buckets) {
            if (buckets.isEmpty() || buckets.stream().anyMatch(channels.get(0).lanes()::holds)) {
                channels.forEach(channel -> channel.lanes().signal());
            }
        }

        private void lease() {
            try {
                if (!joined || !self.renew(this::candidate)) {
                    leases.lost();
                    channels.forEach(channel -> channel.hold(leases.held()));
                    self.join();
                    joined = true;
                }
                self.bury();
                int surplus = leases.balance();
                channels.forEach(channel -> channel.hold(leases.held()));
                handBack(surplus);
            } catch (DataAccessException | TransactionException e) {
                log.warn("The share in the outbox could not be renewed; it is tried again", e);
            } catch (RuntimeException | Error e) { // An exception would be the last time.
                log.error("The share in the outbox could not be renewed; it is tried again", e);
            }
        }

        /** Also for channels that deliver nothing, and step over what others have not. */
        private void candidate(Horizon.Candidate candidate) {
            channels.forEach(channel -> channel.horizon().committed(candidate));
        }

        /** Those that are idle at once, and others once they are: the next time, or the one after it. */
        private void handBack(int surplus) {
            Set<Integer> leaving = new HashSet<>();
            leases.held().keySet().stream().filter(this::isIdle).limit(surplus).forEach(leaving::add);
            leases.held().keySet().stream()
                    .filter(bucket -> !leaving.contains(bucket))
                    .limit(surplus - (long) leaving.size())
                    .forEach(leaving::add);
            channels.forEach(channel -> channel.lanes().leave(leaving));
            for (int bucket : leaving) {
                if (isIdle(bucket)) { // And stays so, as nothing of it is taken any more.
                    channels.forEach(channel -> channel.lanes().remove(bucket));
                    leases.handBack(bucket);
                }
            }
        }

        private boolean isIdle(int bucket) {
            return channels.stream().allMatch(channel -> channel.lanes().isIdle(bucket));
        }

        /** In good order, if the sinks answer in time: then nothing is sent twice, and the others may go on at once. */
        private void stop() {
            wakeUps.stop();
            channels.forEach(Channel::rest);
            leasing.shutdown();
            try {
                leasing.awaitTermination(properties.lease().toMillis() / 3, TimeUnit.MILLISECONDS);
                boolean idle = true;
                for (Channel channel : channels) {
                    idle &= channel.awaitIdle();
                }
                if (idle && joined) {
                    self.leave();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (DataAccessException e) {
                log.warn("The share in the outbox could not be given back; it is free when its lease is over", e);
            } finally {
                close();
            }
        }

        private void close() {
            try {
                for (Channel channel : channels) {
                    channel.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
