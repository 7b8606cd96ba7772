package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkServer;
import java.util.Locale;

/** How long it takes from the return of a commit to the delivery of its event, at a fixed rate. */
final class LatencyMeasurement implements Measurement {

    private static final int GRACE_SECONDS = 5;

    @Override
    public boolean isWanted(Options options) {
        return options.latency() > 0;
    }

    @Override
    public String run(BenchmarkServer server, Options options, Publisher publisher) throws Exception {
        Rounds<Latencies> rounds =
                Rounds.of("latency", options.lanes(), options, lane -> turn(server, options, publisher, lane));
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n### From commit to delivery, in ms: %d transactions a second with an event each, for %d s%n%n",
                options.rate(),
                options.latency()));
        table.append("What has not come %d s after the last one is longer than all."
                .formatted(GRACE_SECONDS)
                .concat("\n\n| contender | p50 | p99 | longest | not come |\n|---|---|---|---|---|\n"));
        for (Lane lane : options.lanes()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.1f %% |%n",
                    lane.name(),
                    rounds.spread(lane, each -> each.millis(0.5)).format("%.1f"),
                    rounds.spread(lane, each -> each.millis(0.99)).format("%.1f"),
                    rounds.spread(lane, each -> each.millis(1)).format("%.1f"),
                    100 * rounds.spread(lane, Latencies::missing).median()));
        }
        return table.toString();
    }

    private static Latencies turn(BenchmarkServer server, Options options, Publisher publisher, Lane lane)
            throws Exception {
        int events = options.latency() * options.rate();
        Arrivals arrivals = new Arrivals(events);
        try (Stage stage = new Stage(server, options);
                Stage.Act act = stage.open(lane, arrivals::delivered)) {
            long[] committed = publisher.atRate(act.contender(), events, options.rate());
            long end = System.nanoTime() + GRACE_SECONDS * 1_000_000_000L;
            while (arrivals.count() < events && System.nanoTime() - end < 0) {
                Thread.sleep(1);
            }
            // The first tenth is where a contender starts up: its threads, its share of the partitions.
            Latencies latencies = Latencies.of(committed, arrivals, events / 10, events);
            act.contender().pause();
            return latencies;
        }
    }
}
