package io.plimsoll.benchmarks.idempotency;

import io.plimsoll.benchmarks.Spread;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The table of one task, as markdown. */
final class Report {

    private static final double PERCENT = 0.01;

    private final StringBuilder table = new StringBuilder();

    Report(Task task, List<Lane> lanes) {
        Lane bare = lanes.stream()
                .filter(lane -> lane.name().equals(ThroughputBenchmark.BARE))
                .findFirst()
                .orElseThrow();
        table.append("\n### ").append(task).append("\n\n");
        table.append(
                "| contender | calls/s | % of bare in the same round | statements | commits | WAL bytes | duplicate |\n");
        table.append("|---|---|---|---|---|---|---|\n");
        lanes.forEach(lane -> add(lane, bare.turns()));
    }

    private void add(Lane lane, List<Turn> bare) {
        List<Turn> turns = lane.turns();
        Spread rate = Spread.of(turns.stream().mapToDouble(Turn::perSecond));
        Spread ratio = Spread.of(IntStream.range(0, turns.size())
                .mapToDouble(
                        round -> turns.get(round).perSecond() / bare.get(round).perSecond()));
        Spread wal = Spread.of(turns.stream().mapToDouble(turn -> (double) turn.walBytes() / turn.calls()));
        table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.1f | %.1f | %.0f | %s |%n",
                lane.name(),
                rate.format(1),
                ratio.format(PERCENT),
                lane.cost().statements(),
                lane.cost().commits(),
                wal.median(),
                lane.cost().replay()));
    }

    static String head(Options options, Database database) {
        StringBuilder head = new StringBuilder("\n## Throughput under idempotency\n\n");
        head.append(String.format(
                Locale.ROOT,
                "%d threads and connections, %d rounds of %.1f s each after %d of warm-up, every call a new key; median (min..max)%n",
                options.threads(),
                options.rounds(),
                options.time().toMillis() / 1e3,
                options.warmups()));
        head.append(database.settings());
        head.append(String.format(
                Locale.ROOT,
                "; Java %s, %d processors%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors()));
        return head.toString();
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
