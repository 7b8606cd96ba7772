package io.plimsoll.spring.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The buckets that are held, for one sink: of which something is under way, and which are to be left alone. Thread-safe. */
final class Lanes {

    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(30));

    private final Map<Integer, State> lanes = new HashMap<>();
    private final Pause all = new Pause();
    private boolean signalled;
    private boolean open = true;
    private boolean resting;
    private boolean probing;

    /** Leaves something alone for a while, the longer the more often it has failed in a row. */
    private static final class Pause {

        private int failures;
        private long notBefore = System.nanoTime();

        boolean isOver() {
            return notBefore - System.nanoTime() <= 0;
        }

        void failed(boolean progress) {
            failures = progress ? 1 : failures + 1;
            notBefore = System.nanoTime() + BACK_OFF.after(failures).toNanos();
        }

        void went() {
            failures = 0;
        }
    }

    private static final class State {

        private final long epoch;
        private final Pause pause = new Pause();
        private boolean busy;
        private boolean leaving;
        private final Set<HeldKey> keys = new HashSet<>();

        State(long epoch) {
            this.epoch = epoch;
        }

        boolean isIdle() {
            return !busy && keys.isEmpty();
        }
    }

    /** A bucket and the epoch that it is held in. */
    record Held(int bucket, long epoch) {}

    /**
     * States what is held from now on.
     *
     * @param epochs by bucket
     * @param fresh told of each bucket that is new, before it can be taken
     */
    synchronized void hold(Map<Integer, Long> epochs, Consumer<Integer> fresh) {
        lanes.entrySet().removeIf(each -> !Long.valueOf(each.getValue().epoch).equals(epochs.get(each.getKey())));
        epochs.forEach((bucket, epoch) -> {
            if (!lanes.containsKey(bucket)) {
                fresh.accept(bucket);
                lanes.put(bucket, new State(epoch));
                signal();
            }
        });
    }

    /** Takes nothing more of some buckets, and of those alone. */
    synchronized void leave(Set<Integer> buckets) {
        lanes.forEach((bucket, lane) -> lane.leaving = buckets.contains(bucket));
    }

    synchronized boolean isIdle(int bucket) {
        State lane = lanes.get(bucket);
        return lane == null || lane.isIdle();
    }

    synchronized void remove(int bucket) {
        lanes.remove(bucket);
    }

    /** Those of which nothing is under way and that may be read; they count as busy from now on. */
    synchronized List<Held> take() {
        signalled = false;
        List<Held> taken = new ArrayList<>();
        if (resting || probing || !all.isOver()) {
            return taken;
        }
        for (Map.Entry<Integer, State> each : lanes.entrySet()) {
            State lane = each.getValue();
            if (!lane.busy && !lane.leaving && lane.pause.isOver()) {
                lane.busy = true;
                taken.add(new Held(each.getKey(), lane.epoch));
            }
        }
        return taken;
    }

    /** The buckets of which single keys may be tried again. */
    synchronized Set<Integer> forKeys() {
        Set<Integer> buckets = new HashSet<>();
        if (!resting && !probing && all.isOver()) {
            lanes.forEach((bucket, lane) -> {
                if (!lane.leaving) {
                    buckets.add(bucket);
                }
            });
        }
        return buckets;
    }

    synchronized int keysUnderWay() {
        return lanes.values().stream().mapToInt(lane -> lane.keys.size()).sum();
    }

    /** A key is under way from now on. Null if it is already, or is not to be. */
    synchronized @Nullable Held take(HeldKey key) {
        State lane = lanes.get(key.bucket());
        if (lane == null || lane.leaving || resting || !lane.keys.add(key)) {
            return null;
        }
        return new Held(key.bucket(), lane.epoch);
    }

    /** Nothing of a key is under way any more. */
    synchronized void done(Held held, HeldKey key) {
        State lane = lanes.get(held.bucket());
        if (lane != null && lane.epoch == held.epoch()) {
            lane.keys.remove(key);
        }
        notifyAll();
    }

    /** Nothing of it is under way any more. */
    synchronized void idle(Held held) {
        State lane = lanes.get(held.bucket());
        if (lane != null && lane.epoch == held.epoch()) {
            lane.busy = false;
            lane.pause.went();
        }
        notifyAll();
    }

    /**
     * Nothing of it is under way any more, and something failed: it is left alone for a while, and the longer the more often
     * nothing of it got through.
     *
     * @param progress whether something got through
     */
    synchronized void failed(Held held, boolean progress) {
        State lane = lanes.get(held.bucket());
        if (lane != null && lane.epoch == held.epoch()) {
            lane.busy = false;
            lane.pause.failed(progress);
        }
        notifyAll();
    }

    /** Nothing of it was tried. */
    synchronized void untried(Held held) {
        State lane = lanes.get(held.bucket());
        if (lane != null && lane.epoch == held.epoch()) {
            lane.busy = false;
        }
        notifyAll();
    }

    /**
     * Before something is given to the sink: while that has not answered one is enough to find out, and nothing is taken until it
     * has come back.
     *
     * @return whether it may be given
     */
    synchronized boolean mayTry() {
        if (probing) {
            return false;
        }
        probing = all.failures > 0;
        return true;
    }

    /**
     * The sink does not answer: all are left alone for a while.
     *
     * @return whether that is new
     */
    synchronized boolean unavailable() {
        probing = false;
        if (all.isOver()) { // What was under way at the same time says nothing new.
            all.failed(false);
            return all.failures == 1;
        }
        return false;
    }

    /**
     * Something came back from the sink.
     *
     * @param answer whether that was an answer of its
     * @return whether it had been {@link #unavailable}
     */
    synchronized boolean cameBack(boolean answer) {
        probing = false;
        boolean was = answer && all.failures > 0;
        if (answer) {
            all.went();
        }
        return was;
    }

    synchronized boolean holds(int bucket) {
        return lanes.containsKey(bucket);
    }

    /** Whether a bucket is still held in that epoch: one that has come back is another one. */
    synchronized boolean holds(Held held) {
        State lane = lanes.get(held.bucket());
        return lane != null && lane.epoch == held.epoch();
    }

    /** There may be something to read. */
    synchronized void signal() {
        signalled = true;
        notifyAll();
    }

    /** Whatever was signalled is of no interest now. */
    synchronized void heard() {
        signalled = false;
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
        while (lanes.values().stream().anyMatch(lane -> !lane.isIdle())) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
