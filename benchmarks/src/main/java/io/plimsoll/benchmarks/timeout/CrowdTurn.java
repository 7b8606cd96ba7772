package io.plimsoll.benchmarks.timeout;

import com.sun.management.OperatingSystemMXBean;
import io.plimsoll.timeout.TimeoutExceededException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One turn of a lane: every call on a virtual thread of its own, from the start of the first to the end of the last. */
final class CrowdTurn {

    private static final long PATIENCE_SECONDS = 120;

    private final CrowdLane lane;
    private final CountDownLatch running;
    private final AtomicInteger entered = new AtomicInteger();

    /** How long after its due time each call ended. Sorted in the end. */
    private final long[] lateNanos;

    private volatile int atOnce;
    private volatile @Nullable Throwable failure;
    private long wallNanos;
    private long cpuNanos;

    private CrowdTurn(CrowdLane lane, int calls) {
        this.lane = lane;
        this.running = new CountDownLatch(calls);
        this.lateNanos = new long[calls];
    }

    /** @throws IllegalStateException if a call fails, or is cut and must not be, or the other way round */
    static CrowdTurn of(CrowdLane lane, int calls) throws Exception {
        CrowdTurn turn = new CrowdTurn(lane, calls);
        // What the turn before has left behind is not to be cleaned up at the cost of this one.
        System.gc();
        ExecutorService threads = VirtualThreads.executor();
        try {
            turn.run(threads);
        } finally {
            threads.shutdownNow();
        }
        return turn;
    }

    private void run(ExecutorService threads) throws InterruptedException {
        long cpu = cpu();
        long start = System.nanoTime();
        for (int call = 0; call < lateNanos.length; call++) {
            int number = call;
            threads.execute(() -> call(number));
        }
        boolean ended = running.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        wallNanos = System.nanoTime() - start;
        cpuNanos = cpu() - cpu;
        if (!ended || failure != null) {
            throw new IllegalStateException(lane.name() + ": a call failed, or did not end", failure);
        }
        Arrays.sort(lateNanos);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void call(int number) {
        long start = System.nanoTime();
        Throwable thrown = null;
        try {
            lane.visit().stay(this);
        } catch (Throwable e) {
            thrown = e;
        }
        lateNanos[number] = System.nanoTime() - start - lane.end().toNanos();
        if (atOnce == 0) {
            atOnce = entered.get();
        }
        if (lane.cut() != (thrown instanceof TimeoutExceededException)) {
            failure = thrown != null ? thrown : new IllegalStateException("not cut");
        }
        running.countDown();
    }

    /** What a call does. */
    void park() throws InterruptedException {
        entered.incrementAndGet();
        for (int park = 0; park < lane.parks(); park++) {
            TimeUnit.NANOSECONDS.sleep(lane.park().toNanos());
        }
    }

    double wallMillis() {
        return wallNanos / 1e6;
    }

    /** In all threads: those of the garbage collector and the compilers as well. */
    double cpuMillis() {
        return cpuNanos / 1e6;
    }

    /** How many calls were under way when the first of them ended. */
    int atOnce() {
        return atOnce;
    }

    /** @param share of the calls that ended earlier: 1 for the last of all */
    double lateMillis(double share) {
        return lateNanos[(int) ((lateNanos.length - 1) * share)] / 1e6;
    }
}
