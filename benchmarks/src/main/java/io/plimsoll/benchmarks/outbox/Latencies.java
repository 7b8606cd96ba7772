package io.plimsoll.benchmarks.outbox;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long events were on their way, sorted.
 *
 * @param nanos those that did not arrive count as the longest
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Latencies(long[] nanos) {

    /** Of some events: from the return of their commit to their delivery, which may come first. */
    static Latencies of(long[] committed, Arrivals arrivals, int from, int to) {
        long[] nanos = new long[to - from];
        for (int i = from; i < to; i++) {
            long arrival = arrivals.nanos(i);
            nanos[i - from] = arrival == 0 ? Long.MAX_VALUE : Math.max(0, arrival - committed[i]);
        }
        Arrays.sort(nanos);
        return new Latencies(nanos);
    }

    /** In milliseconds; infinite if those that did not arrive are among them. */
    double millis(double quantile) {
        long found = nanos[(int) Math.min(nanos.length - 1, Math.floor(quantile * nanos.length))];
        return found == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : found / 1e6;
    }

    double missing() {
        return (double) Arrays.stream(nanos)
                        .filter(each -> each == Long.MAX_VALUE)
                        .count()
                / nanos.length;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, most %.2f ms, %.1f %% missing",
                millis(0.5),
                millis(0.99),
                millis(1),
                100 * missing());
    }
}
