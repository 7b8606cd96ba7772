package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What becomes of delivery while somebody holds a snapshot, such as a report or a forgotten session: nothing that is deleted or
 * replaced can be cleared away. A tenth of the time before it, and two after it, for comparison.
 */
final class HeldMeasurement implements Measurement {

    private static final int HELD = 10;
    private static final int AFTER = 2;
    private static final int INTERVALS = 1 + HELD + AFTER;
    private static final int GRACE_SECONDS = 5;
    private static final double MEGABYTE = 1 << 20;
    private static final String SIZES = """
            SELECT coalesce(sum(n_dead_tup), 0) AS dead, coalesce(sum(pg_total_relation_size(relid)), 0) AS bytes
            FROM pg_stat_user_tables WHERE relname <> 'business'
            """;

    private record Sizes(long dead, long bytes) {}

    @Override
    public boolean isWanted(Options options) {
        return options.held() > 0;
    }

    @Override
    public String run(BenchmarkServer server, Options options, Publisher publisher) throws Exception {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n### A snapshot held for %d s, %d transactions a second with an event each%n%n",
                options.held(),
                options.rate()));
        table.append("| contender | seconds | snapshot | p50 ms | p99 ms | not come | dead rows | MB |\n");
        table.append("|---|---|---|---|---|---|---|---|\n");
        for (Lane lane : options.lanes()) {
            table.append(turn(server, options, publisher, lane));
        }
        return table.toString();
    }

    private static String turn(BenchmarkServer server, Options options, Publisher publisher, Lane lane)
            throws Exception {
        long interval = TimeUnit.SECONDS.toNanos(options.held()) / HELD;
        int each = (int) (TimeUnit.NANOSECONDS.toMillis(interval) * options.rate() / 1_000);
        int events = each * INTERVALS;
        Arrivals arrivals = new Arrivals(events);
        try (Stage stage = new Stage(server, options);
                Stage.Act act = stage.open(lane, arrivals::delivered)) {
            long start = System.nanoTime();
            CompletableFuture<List<Sizes>> watching =
                    CompletableFuture.supplyAsync(() -> watch(stage.jdbc(), start, interval));
            long[] committed = publisher.atRate(act.contender(), events, options.rate());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
            while (arrivals.count() < events && System.nanoTime() - end < 0) {
                Thread.sleep(1);
            }
            List<Sizes> sizes = watching.get();
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < INTERVALS; i++) {
                Latencies latencies = Latencies.of(committed, arrivals, i * each, (i + 1) * each);
                rows.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %s | %.1f | %.1f | %.0f %% | %d | %.0f |%n",
                        lane.name(),
                        TimeUnit.NANOSECONDS.toSeconds((i + 1) * interval),
                        i == 0 ? "before" : i <= HELD ? "held" : "gone",
                        latencies.millis(0.5),
                        latencies.millis(0.99),
                        100 * latencies.missing(),
                        sizes.get(i).dead(),
                        sizes.get(i).bytes() / MEGABYTE));
            }
            System.err.print(rows);
            act.contender().pause();
            return rows.toString();
        }
    }

    /** Holds the snapshot from the end of the first interval on, and looks at the tables at the end of each. */
    private static List<Sizes> watch(JdbcTemplate jdbc, long start, long interval) {
        List<Sizes> sizes = new ArrayList<>();
        DataSource source = Objects.requireNonNull(jdbc.getDataSource());
        try (Connection holder = source.getConnection();
                Statement statement = holder.createStatement()) {
            for (int i = 0; i < INTERVALS; i++) {
                TimeUnit.NANOSECONDS.sleep(start + (i + 1) * interval - System.nanoTime());
                sizes.add(jdbc.query(SIZES, HeldMeasurement::sizes));
                if (i == 0) {
                    statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
                    statement.execute("SELECT count(*) FROM business");
                } else if (i == HELD) {
                    statement.execute("COMMIT");
                }
            }
            return sizes;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Sizes sizes(ResultSet row) throws java.sql.SQLException {
        row.next();
        return new Sizes(row.getLong("dead"), row.getLong("bytes"));
    }
}
