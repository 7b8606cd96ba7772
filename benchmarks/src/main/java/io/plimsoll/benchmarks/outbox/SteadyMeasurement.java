package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkServer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How many events a second go all the way, from a business transaction to delivered and ticked off, on one machine. */
final class SteadyMeasurement implements Measurement {

    private static final int MOST_PER_SECOND = 200_000;

    /**
     * @param nanos from the first transaction until nothing was left, or the time was up
     * @param published how many events
     * @param delivered how many of them when the time was up
     */
    private record Throughput(long nanos, long published, long delivered, double publishedPerSecond) {

        double perSecond() {
            return delivered * 1e9 / nanos;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f events/s; %.0f/s published, %d of %d delivered",
                    perSecond(),
                    publishedPerSecond,
                    delivered,
                    published);
        }
    }

    @Override
    public boolean isWanted(Options options) {
        return options.steady() > 0;
    }

    @Override
    public String run(BenchmarkServer server, Options options, Publisher publisher) throws Exception {
        Rounds<Throughput> rounds =
                Rounds.of("steady", options.lanes(), options, lane -> turn(server, options, publisher, lane));
        Lane first = options.lanes().get(0);
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n### All the way: %d threads publish for %d s, %d events a transaction, until all is delivered or three"
                        + " times as long has passed%n%n",
                options.threads(),
                options.steady(),
                options.perTransaction()));
        table.append("| contender | events/s delivered | x of ")
                .append(first.name())
                .append(" | events/s published | undelivered |\n|---|---|---|---|---|\n");
        for (Lane lane : options.lanes()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.0f %% |%n",
                    lane.name(),
                    rounds.spread(lane, Throughput::perSecond).format(1),
                    rounds.ratio(lane, first, Throughput::perSecond).format("%.3f"),
                    rounds.spread(lane, Throughput::publishedPerSecond).format(1),
                    rounds.spread(lane, each -> 100.0 * (each.published() - each.delivered()) / each.published())
                            .median()));
        }
        return table.toString();
    }

    private static Throughput turn(BenchmarkServer server, Options options, Publisher publisher, Lane lane)
            throws Exception {
        int most = options.steady() * MOST_PER_SECOND;
        Arrivals arrivals = new Arrivals(most);
        try (Stage stage = new Stage(server, options);
                Stage.Act act = stage.open(lane, arrivals::delivered)) {
            long start = System.nanoTime();
            long published = (long) options.perTransaction()
                    * publisher.asFastAsItGoes(act.contender(), options.perTransaction(), options.steady(), most);
            double rate = published * 1e9 / (System.nanoTime() - start);
            long deadline = start + TimeUnit.SECONDS.toNanos(3L * options.steady());
            while (arrivals.count() < published && System.nanoTime() - deadline < 0) {
                Thread.sleep(1);
            }
            long delivered = arrivals.count();
            long end = delivered == published ? stage.awaitEmpty(act.contender(), 60) : System.nanoTime();
            act.contender().pause();
            return new Throughput(end - start, published, delivered, rate);
        }
    }
}
