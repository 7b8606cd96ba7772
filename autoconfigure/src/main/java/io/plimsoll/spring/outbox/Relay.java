package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Delivers events while the application runs: reads them, has them sent, deletes them, and shares the buckets with the other
 * instances. What happens when an instance is killed at any point: what it had not sent is sent by whoever has the bucket next,
 * and so is what it had sent and not deleted.
 */
final class Relay implements SmartLifecycle {

    private static final Log log = LogFactory.getLog(Relay.class);

    /** Stops after web servers and listener containers, which still publish, and before connections. */
    private static final int PHASE = 1_000;

    /** What is left of a lease when an answer of the sink comes at the last moment. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final int SENDERS = 4;

    private final OutboxStore store;
    private final OutboxSink sink;
    private final String application;
    private final OutboxProperties properties;
    private volatile @Nullable Running running;

    /**
     * @param application whose instances share the buckets
     * @throws BrokenPromiseException if the sink may take longer than an instance keeps its share
     */
    Relay(OutboxStore store, OutboxSink sink, String application, OutboxProperties properties) {
        if (sink.deliveryTimeout().plus(MARGIN).compareTo(properties.lease()) >= 0) {
            throw new BrokenPromiseException(
                    "plimsoll.outbox.lease is " + properties.lease() + ", and the sink "
                            + sink.getClass().getName() + " may take " + sink.deliveryTimeout()
                            + " to answer: an instance that was given up could still send old events after new ones.",
                    "Let it answer earlier, or set plimsoll.outbox.lease at least " + MARGIN.toSeconds()
                            + " s above that.");
        }
        this.store = store;
        this.sink = sink;
        this.application = application;
        this.properties = properties;
    }

    /** Events have been committed here. */
    void committed(List<EventRow> events) {
        Running now = running;
        if (now != null && now.lanes.holdsAny(events)) {
            now.lanes.signal();
        }
    }

    @Override
    public void start() {
        try {
            store.buckets(); // Without tables of its own the application does not start.
            new Membership(store, application, properties.lease()).requireOwnTables();
        } catch (DataAccessException e) {
            log.warn("The database of the outbox does not answer. Until it does nothing is delivered.", e);
        }
        running = new Running();
    }

    @Override
    public void stop() {
        Running now = running;
        running = null;
        if (now != null) {
            now.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private static CustomizableThreadFactory daemons(String name) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("plimsoll-outbox-" + name + "-");
        threads.setDaemon(true);
        return threads;
    }

    /** From one start to its stop. */
    private final class Running {

        private final Lanes lanes = new Lanes();
        private final Horizon horizon = new Horizon();
        private final Membership self = new Membership(store, application, properties.lease());
        private final BucketLeases leases = new BucketLeases(store, self);
        private final ExecutorService reader = Executors.newSingleThreadExecutor(daemons("reader"));
        private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS, daemons("send"));
        private final ExecutorService acknowledging = Executors.newSingleThreadExecutor(daemons("ack"));
        private final ScheduledExecutorService leasing = Executors.newSingleThreadScheduledExecutor(daemons("lease"));
        private boolean joined;

        Running() {
            Acknowledger acknowledger = new Acknowledger(store, horizon, lanes);
            acknowledging.execute(acknowledger);
            reader.execute(new Reader(
                    store,
                    horizon,
                    lanes,
                    sink,
                    acknowledger,
                    senders,
                    () -> self.lasts(sink.deliveryTimeout().plus(MARGIN)),
                    properties));
            long third = properties.lease().toMillis() / 3;
            leasing.scheduleWithFixedDelay(this::lease, 0, third, TimeUnit.MILLISECONDS);
        }

        private void lease() {
            try {
                if (!joined || !self.renew()) {
                    leases.lost();
                    lanes.hold(leases.held());
                    self.join();
                    joined = true;
                }
                self.bury();
                int surplus = leases.balance();
                lanes.hold(leases.held()).forEach(horizon::reset);
                lanes.letGo(surplus).forEach(leases::handBack);
            } catch (DataAccessException e) {
                log.warn("The share in the outbox could not be renewed; it is tried again", e);
            } catch (RuntimeException e) {
                log.error("The share in the outbox could not be renewed", e);
            }
        }

        /** In good order, if the sink answers in time: then nothing is sent twice, and the others may go on at once. */
        private void stop() {
            lanes.rest();
            leasing.shutdown();
            senders.shutdown();
            reader.shutdown();
            acknowledging.shutdown();
            try {
                leasing.awaitTermination(properties.lease().toMillis() / 3, TimeUnit.MILLISECONDS);
                boolean idle =
                        lanes.awaitIdle(sink.deliveryTimeout().plus(MARGIN).toNanos());
                lanes.close();
                if (idle && joined) {
                    self.leave();
                }
                reader.awaitTermination(MARGIN.toMillis(), TimeUnit.MILLISECONDS);
                acknowledging.awaitTermination(MARGIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (DataAccessException e) {
                log.warn("The share in the outbox could not be given back; it is free when its lease is over", e);
            } finally {
                lanes.close();
            }
        }
    }
}
