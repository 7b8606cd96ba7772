package io.plimsoll.benchmarks.timeout;

import io.plimsoll.timeout.Timeout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that never ends by itself: whoever claims to bound a call must end it, or its cost says nothing. */
public class Sleeper {

    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** Sleeps far beyond the patience of {@link #requireCut}. */
    public void sleep() throws Exception {
        try {
            TimeUnit.SECONDS.sleep(6 * PATIENCE_SECONDS);
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    /**
     * Calls a sleeper.
     *
     * @param proxy of a contender, around this
     * @param failure what the contender throws when the time is over
     * @throws IllegalStateException unless the caller is told so and the work has ended
     */
    void requireCut(Sleeper proxy, Class<? extends Exception> failure) throws Exception {
        long start = System.nanoTime();
        Exception told = null;
        try {
            proxy.sleep();
        } catch (Exception e) {
            told = e;
        }
        boolean ended = interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        boolean inTime = System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        if (!failure.isInstance(told) || !ended || !inTime) {
            throw new IllegalStateException("A call that was to be cut after a moment was not", told);
        }
    }

    /** The same under a budget. */
    public static class TimedSleeper extends Sleeper {

        @Override
        @Timeout("50ms")
        public void sleep() throws Exception {
            super.sleep();
        }
    }
}
