package io.plimsoll.benchmarks.timeout;

import io.plimsoll.timeout.Timeout;

/** What each of the crowd calls: it waits some times, and does nothing else. */
public class Visit {

    public void stay(CrowdTurn turn) throws InterruptedException {
        turn.park();
    }

    /** Under a budget that does not end before it does. */
    public static class Timed extends Visit {

        @Override
        @Timeout("60s")
        public void stay(CrowdTurn turn) throws InterruptedException {
            super.stay(turn);
        }
    }

    /** Under two of them, both armed. */
    public static class TwiceTimed extends Visit {

        private final Timed inner;

        public TwiceTimed(Timed inner) {
            this.inner = inner;
        }

        @Override
        @Timeout("90s")
        public void stay(CrowdTurn turn) throws InterruptedException {
            inner.stay(turn);
        }
    }

    /** Under a budget that ends it. */
    public static class Cut extends Visit {

        @Override
        @Timeout("${crowd.budget}")
        public void stay(CrowdTurn turn) throws InterruptedException {
            super.stay(turn);
        }
    }
}
