package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkServer;
import java.util.Locale;

/** How fast is delivered what has piled up, and what an event costs the server on its way in and on its way out. */
final class DrainMeasurement implements Measurement {

    private static final long LONGEST_SECONDS = 600;

    /**
     * @param nanos from the first delivery until nothing was left
     * @param until from the start of delivery to the first one
     * @param in what it cost to publish
     * @param out what it cost to deliver
     */
    private record Drained(int events, long nanos, long until, long repeated, Usage in, Usage out) {

        double perSecond() {
            return events * 1e9 / nanos;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.0f events/s; in %s, out %s", perSecond(), in.cells(events), out.cells(events));
        }
    }

    @Override
    public boolean isWanted(Options options) {
        return options.drain() > 0;
    }

    @Override
    public String run(BenchmarkServer server, Options options, Publisher publisher) throws Exception {
        Rounds<Drained> rounds =
                Rounds.of("drain", options.lanes(), options, lane -> turn(server, options, publisher, lane));
        StringBuilder table = new StringBuilder("\n### Drain: no-op sink, all events are there when it begins\n\n");
        table.append("Per event: bytes of WAL, commits, flushes of the log; published with ")
                .append(options.perTransaction())
                .append(" events a transaction.\n\n");
        table.append("| contender | events | events/s | x of ")
                .append(first(options).name())
                .append(" | delivered twice | in: WAL | commits | flushes | out: WAL | commits | flushes |\n");
        table.append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Lane lane : options.lanes()) {
            Drained last = rounds.of(lane).get(rounds.of(lane).size() - 1);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %s | %.0f | %s | %s |%n",
                    lane.name(),
                    last.events(),
                    rounds.spread(lane, Drained::perSecond).format(1),
                    rounds.ratio(lane, first(options), Drained::perSecond).format("%.3f"),
                    rounds.spread(lane, Drained::repeated).max(),
                    last.in().cells(last.events()),
                    last.out().cells(last.events())));
        }
        return table.toString();
    }

    private static Lane first(Options options) {
        return options.lanes().get(0);
    }

    private static Drained turn(BenchmarkServer server, Options options, Publisher publisher, Lane lane)
            throws Exception {
        int events = Math.max(1, options.drain() / lane.divisor());
        try (Stage stage = new Stage(server, options)) {
            Usage before;
            try (Stage.Act act = stage.open(lane, number -> {})) {
                act.contender().pause();
            }
            before = stage.usage();
            try (Stage.Act act = stage.open(lane, number -> unexpected())) {
                act.contender().pause();
                publisher.all(act.contender(), events, options.perTransaction());
            }
            Usage between = stage.usage();
            stage.jdbc().execute("ANALYZE");
            Usage start = stage.usage();
            Arrivals arrivals = new Arrivals(events);
            long began = System.nanoTime();
            long ended;
            try (Stage.Act act = stage.open(lane, arrivals::delivered)) {
                arrivals.await(events, LONGEST_SECONDS);
                ended = stage.awaitEmpty(act.contender(), LONGEST_SECONDS);
            }
            return new Drained(
                    events,
                    ended - arrivals.first(),
                    arrivals.first() - began,
                    arrivals.repeated(),
                    between.since(before),
                    stage.usage().since(start));
        }
    }

    private static void unexpected() {
        throw new IllegalStateException("Nothing was to be delivered yet");
    }
}
