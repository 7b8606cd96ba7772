package io.plimsoll.benchmarks.timeout;

import io.plimsoll.benchmarks.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The tables, as markdown. */
final class CrowdReport {

    private CrowdReport() {}

    static String head(CrowdOptions options) {
        return String.format(
                Locale.ROOT,
                "%n## %,d calls at once on virtual threads%n%nJava %s, %d processors; %d rounds after %d of warm-up; median (min..max)%n",
                options.calls(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                options.rounds(),
                options.warmups());
    }

    /** @param lanes the first is what the others are compared with */
    static String held(String title, List<CrowdLane> lanes) {
        StringBuilder table = new StringBuilder("\n### " + title + "\n\n");
        table.append(
                "| calls | wall, ms | of bare in the same round | CPU, ms | of bare in the same round | at once |\n");
        table.append("|---|---|---|---|---|---|\n");
        List<CrowdTurn> bare = lanes.get(0).turns();
        for (CrowdLane lane : lanes) {
            table.append("| ").append(lane.name());
            table.append(columns(lane.turns(), bare, CrowdTurn::wallMillis));
            table.append(columns(lane.turns(), bare, CrowdTurn::cpuMillis));
            table.append(" | ").append(spread(lane.turns(), CrowdTurn::atOnce)).append(" |\n");
        }
        return table.toString();
    }

    private static String columns(List<CrowdTurn> own, List<CrowdTurn> bare, ToDoubleFunction<CrowdTurn> figure) {
        Spread ratio = Spread.of(IntStream.range(0, own.size())
                .mapToDouble(round -> figure.applyAsDouble(own.get(round)) / figure.applyAsDouble(bare.get(round))));
        return " | " + spread(own, figure) + " | " + ratio.format("%.2f");
    }

    static String cut(String title, List<CrowdLane> lanes) {
        StringBuilder table = new StringBuilder("\n### " + title + "\n\n");
        table.append("| calls | ms late, the middle one | 99 % | the last | CPU, ms | at once |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (CrowdLane lane : lanes) {
            table.append("| ").append(lane.name());
            for (double share : new double[] {0.5, 0.99, 1}) {
                table.append(" | ").append(spread(lane.turns(), turn -> turn.lateMillis(share)));
            }
            table.append(" | ").append(spread(lane.turns(), CrowdTurn::cpuMillis));
            table.append(" | ").append(spread(lane.turns(), CrowdTurn::atOnce)).append(" |\n");
        }
        return table.toString();
    }

    private static String spread(List<CrowdTurn> turns, ToDoubleFunction<CrowdTurn> figure) {
        return Spread.of(turns.stream().mapToDouble(figure)).format("%.0f");
    }
}
