package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The way of events to one sink, from one start to its stop. Others go on while it is slow or not there. Thread-safe. */
final class Channel {

    /** What is left of a lease when an answer of the sink comes at the last moment. */
    static final Duration MARGIN = Duration.ofSeconds(1);

    private static final int SENDERS = 4;
    private static final long KEYS_MILLIS = 50;

    private final OutboxSink sink;
    private final Lanes lanes = new Lanes();
    private final Horizon horizon = new Horizon();
    private final ExecutorService reader;
    private final ExecutorService senders;
    private final ExecutorService acknowledging;
    private final ScheduledExecutorService retrying;

    Channel(
            OutboxStore store,
            OutboxSink sink,
            TopicFilter filter,
            Membership self,
            OutboxProperties properties,
            DeliveryMeter meter) {
        this.sink = sink;
        this.reader = Executors.newSingleThreadExecutor(daemons("reader"));
        this.senders = Executors.newFixedThreadPool(SENDERS, daemons("send"));
        this.acknowledging = Executors.newSingleThreadExecutor(daemons("ack"));
        this.retrying = Executors.newSingleThreadScheduledExecutor(daemons("retry"));
        Acknowledger acknowledger = new Acknowledger(
                store,
                horizon,
                lanes,
                sink.name(),
                meter,
                new Settlement(store, properties, () -> meter.died(sink.name())));
        BooleanSupplier lasts = () -> self.lasts(sink.deliveryTimeout().plus(MARGIN));
        Dispatch dispatch =
                new Dispatch(sink, senders, held -> lasts.getAsBoolean() && lanes.holds(held), acknowledger::add);
        acknowledging.execute(acknowledger);
        reader.execute(new Reader(store, horizon, lanes, filter, dispatch, lasts, properties));
        retrying.scheduleWithFixedDelay(
                new KeyReader(store, lanes, filter, dispatch, lasts, properties),
                KEYS_MILLIS,
                KEYS_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private CustomizableThreadFactory daemons(String name) {
        CustomizableThreadFactory threads =
                new CustomizableThreadFactory("plimsoll-outbox-" + sink.name() + "-" + name + "-");
        threads.setDaemon(true);
        return threads;
    }

    Lanes lanes() {
        return lanes;
    }

    Horizon horizon() {
        return horizon;
    }

    /**
     * States what is held from now on.
     *
     * @param epochs by bucket
     */
    void hold(Map<Integer, Long> epochs) {
        lanes.hold(epochs, horizon::reset);
    }

    /** Takes nothing more. */
    void rest() {
        lanes.rest();
        retrying.shutdown();
        senders.shutdown();
        reader.shutdown();
        acknowledging.shutdown();
    }

    /** Whether nothing is under way once the sink has had its time. */
    boolean awaitIdle() throws InterruptedException {
        return lanes.awaitIdle(sink.deliveryTimeout().plus(MARGIN).toNanos());
    }

    void close() throws InterruptedException {
        lanes.close();
        reader.awaitTermination(MARGIN.toMillis(), TimeUnit.MILLISECONDS);
        acknowledging.awaitTermination(MARGIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
