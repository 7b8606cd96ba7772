package io.plimsoll.spring.outbox.waves;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Each batch is a {@link Wave} of its own; they share threads, of which those that answers come on are none. */
final class KeyedWaves implements Waves {

    private final int atOnce;
    private final Times times;
    private final ExecutorService executor;
    private final ScheduledThreadPoolExecutor deadlines;

    KeyedWaves(String name, int atOnce, Times times) {
        this.atOnce = atOnce;
        this.times = times;
        // Unbounded, as a batch that is held up must not hold up others; a batch is in one thread at most.
        this.executor = Executors.newCachedThreadPool(daemons(name));
        this.deadlines = new ScheduledThreadPoolExecutor(1, daemons(name + "-deadline"));
        deadlines.setRemoveOnCancelPolicy(true);
    }

    private static CustomizableThreadFactory daemons(String name) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("plimsoll-outbox-" + name + "-");
        threads.setDaemon(true);
        return threads;
    }

    @Override
    public void send(List<OutboxMessage> messages, Deliveries answers, Handover handover) {
        long until = System.nanoTime() + times.handover().toNanos();
        Wave wave = new Wave(messages, answers, handover, atOnce, until, executor);
        // A little early: when the time is over, the answers have been heard.
        long end = times.whole().toNanos() / 20 * 19;
        wave.endAt(deadlines.schedule(wave::expire, end, TimeUnit.NANOSECONDS));
        wave.begin();
    }

    @Override
    public void close() {
        executor.shutdown();
        deadlines.shutdownNow();
    }
}
