package io.plimsoll.spring.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What is under way, by bucket: at most one batch of each. So nothing that was read is read again before it is deleted, and no
 * event is sent before those that were sent ahead of it are answered. Thread-safe.
 */
final class Lanes {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final Map<Integer, State> lanes = new HashMap<>();
    private boolean signalled;
    private boolean open = true;
    private boolean resting;

    private static final class State {

        private final long epoch;
        private boolean busy;
        private boolean leaving;
        private int failures;
        private long notBefore = System.nanoTime();

        State(long epoch) {
            this.epoch = epoch;
        }
    }

    /**
     * States what is held from now on.
     *
     * @param epochs by bucket
     * @return those that are new
     */
    synchronized List<Integer> hold(Map<Integer, Long> epochs) {
        List<Integer> added = new ArrayList<>();
        lanes.entrySet().removeIf(each -> !Long.valueOf(each.getValue().epoch).equals(epochs.get(each.getKey())));
        epochs.forEach((bucket, epoch) -> {
            if (!lanes.containsKey(bucket)) {
                lanes.put(bucket, new State(epoch));
                added.add(bucket);
            }
        });
        if (!added.isEmpty()) {
            signal();
        }
        return added;
    }

    /**
     * Makes up its mind which buckets to let go: those that are idle at once, and others once they are.
     *
     * @return those that can be handed back now
     */
    synchronized List<Integer> letGo(int surplus) {
        lanes.values().forEach(lane -> lane.leaving = false);
        List<Integer> idle = new ArrayList<>();
        int left = surplus;
        for (Map.Entry<Integer, State> each : lanes.entrySet()) {
            if (left > 0 && !each.getValue().busy) {
                idle.add(each.getKey());
                left--;
            }
        }
        idle.forEach(lanes::remove);
        for (State lane : lanes.values()) {
            if (left > 0) {
                lane.leaving = true;
                left--;
            }
        }
        return idle;
    }

    /** A bucket and the epoch that it is held in. */
    record Held(int bucket, long epoch) {}

    /** Those of which nothing is under way and that may be read; they count as busy from now on. */
    synchronized List<Held> take() {
        signalled = false;
        long now = System.nanoTime();
        List<Held> taken = new ArrayList<>();
        lanes.forEach((bucket, lane) -> {
            if (!resting && !lane.busy && !lane.leaving && lane.notBefore - now <= 0) {
                lane.busy = true;
                taken.add(new Held(bucket, lane.epoch));
            }
        });
        return taken;
    }

    /** Nothing of it is under way any more. */
    synchronized void idle(Held held) {
        State lane = lanes.get(held.bucket());
        if (lane != null && lane.epoch == held.epoch()) {
            lane.busy = false;
            lane.failures = 0;
        }
        notifyAll();
    }

    /**
     * Nothing of it is under way any more, and something failed: it is left alone for a while, with full jitter (AWS
     * Architecture Blog, 2015), and the longer the more often nothing of it got through.
     *
     * @param progress whether something got through
     */
    synchronized void failed(Held held, boolean progress) {
        State lane = lanes.get(held.bucket());
        if (lane != null && lane.epoch == held.epoch()) {
            lane.busy = false;
            lane.failures = progress ? 0 : lane.failures;
            long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(lane.failures++, 20));
            lane.notBefore = System.nanoTime() + ThreadLocalRandom.current().nextLong(longest + 1);
        }
        notifyAll();
    }

    synchronized boolean holdsAny(List<EventRow> events) {
        return events.stream().anyMatch(event -> lanes.containsKey(event.bucket()));
    }

    /** There may be something to read. */
    synchronized void signal() {
        signalled = true;
        notifyAll();
    }

    /** Until there may be something to read, or the time is up. */
    synchronized void await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; open && !signalled && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Nothing is taken any more; what is under way goes on. */
    synchronized void rest() {
        resting = true;
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Nobody waits for anything any more. */
    synchronized void close() {
        open = false;
        notifyAll();
    }

    /** Whether nothing is under way before the time is up. */
    synchronized boolean awaitIdle(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (lanes.values().stream().anyMatch(lane -> lane.busy)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
