package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkServer;
import io.plimsoll.benchmarks.Counting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What publishing adds to a business transaction of one insert: statements, and time. Nothing is delivered meanwhile. */
final class WriteMeasurement implements Measurement {

    private static final List<Integer> EVENTS = List.of(1, 10, 100);
    private static final int COUNTED = 20;

    /** @param statements of a transaction, without those that begin and end it */
    private record Written(double perSecond, double statements) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f transactions/s of %.1f statements", perSecond, statements);
        }
    }

    @Override
    public boolean isWanted(Options options) {
        return options.write() > 0;
    }

    @Override
    public String run(BenchmarkServer server, Options options, Publisher publisher) throws Exception {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n### A business transaction of one insert, and its events: %d threads%n%n",
                options.threads()));
        table.append("| contender | events | transactions/s | % of bare in the same round | statements |\n");
        table.append("|---|---|---|---|---|\n");
        List<Lane> lanes = new ArrayList<>();
        lanes.add(Lane.BARE);
        // Four instances write as one does.
        options.lanes().stream()
                .filter(lane -> !lane.name().equals("namastack-4"))
                .forEach(lanes::add);
        for (int events : EVENTS) {
            Rounds<Written> rounds = Rounds.of(
                    "write " + events,
                    lanes,
                    options,
                    lane -> turn(server, options, publisher, lane, lane.equals(Lane.BARE) ? 0 : events));
            for (Lane lane : lanes) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %s | %s | %.1f |%n",
                        lane.name(),
                        lane.equals(Lane.BARE) ? 0 : events,
                        rounds.spread(lane, Written::perSecond).format(1),
                        rounds.ratio(lane, Lane.BARE, Written::perSecond).format(0.01),
                        rounds.spread(lane, Written::statements).median()));
            }
        }
        return table.toString();
    }

    private static Written turn(BenchmarkServer server, Options options, Publisher publisher, Lane lane, int events)
            throws Exception {
        try (Stage stage = new Stage(server, options)) {
            double statements = statements(stage, publisher, lane, events);
            try (Stage.Act act = stage.open(lane, number -> {})) {
                act.contender().pause();
                long start = System.nanoTime();
                int transactions =
                        publisher.asFastAsItGoes(act.contender(), events, options.write(), Integer.MAX_VALUE / 2);
                return new Written(transactions * 1e9 / (System.nanoTime() - start), statements);
            }
        }
    }

    private static double statements(Stage stage, Publisher publisher, Lane lane, int events) {
        List<Counting> pools = new ArrayList<>();
        try (Stage.Act act = stage.open(lane, number -> {}, pool -> {
            Counting counting = new Counting(pool);
            pools.add(counting);
            return counting;
        })) {
            act.contender().pause();
            publisher.transaction(act.contender(), 0, events);
            pools.get(0).reset();
            for (int i = 0; i < COUNTED; i++) {
                publisher.transaction(act.contender(), 0, events);
            }
            return (double) pools.get(0).statements() / COUNTED;
        }
    }
}
