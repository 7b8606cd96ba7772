package io.plimsoll.benchmarks.idempotency;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A load run: threads call every contender in turn, always with a new key, on a PostgreSQL that flushes every commit.
 *
 * <p>The promise: under {@code @Idempotent} at least 40 % of the bare throughput for a transaction of a single insert,
 * at least 70 % for one of five statements, and more than any peer that keeps the answer too.
 *
 * <p>The rounds are interleaved and start with another contender each, so that what the machine does meanwhile meets
 * all of them; a ratio is taken within a round. Each turn checks that every call was committed exactly once.
 */
public final class ThroughputBenchmark {

    static final String BARE = "bare";

    private static final List<ContenderFactory> CONTENDERS = List.of(
            BareContender::new,
            PlimsollContender::new,
            ByHandContender::new,
            EventuateContender::new,
            CamelContender::transacted,
            CamelContender::asDocumented);

    private final Options options;
    private final Database database;
    private final ExecutorService threads;

    private ThroughputBenchmark(Options options, Database database, ExecutorService threads) {
        this.options = options;
        this.database = database;
        this.threads = threads;
    }

    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args);
        ExecutorService threads = Executors.newFixedThreadPool(options.threads());
        try (Database database = new Database(options)) {
            ThroughputBenchmark benchmark = new ThroughputBenchmark(options, database, threads);
            StringBuilder report = new StringBuilder(Report.head(options, database));
            for (Task task : options.tasks()) {
                report.append(benchmark.run(task));
            }
            System.out.println(report);
        } finally {
            threads.shutdown();
        }
    }

    private Report run(Task task) throws Exception {
        List<Lane> lanes = new ArrayList<>();
        try {
            for (ContenderFactory factory : factories()) {
                Contender contender = factory.create(task, database.pool());
                if (options.wants(contender)) {
                    lanes.add(new Lane(contender, Cost.of(factory, task, database)));
                } else {
                    contender.close();
                }
            }
            for (int round = -options.warmups(); round < options.rounds(); round++) {
                runRound(task, round, lanes);
            }
            return new Report(task, lanes);
        } finally {
            lanes.forEach(lane -> lane.contender().close());
        }
    }

    private static List<ContenderFactory> factories() {
        List<ContenderFactory> factories = new ArrayList<>(CONTENDERS);
        ServiceLoader.load(ContenderFactory.class).forEach(factories::add);
        return factories;
    }

    private void runRound(Task task, int round, List<Lane> lanes) throws Exception {
        for (int turn = 0; turn < lanes.size(); turn++) {
            Lane lane = lanes.get(Math.floorMod(round + turn, lanes.size()));
            Turn result = Turn.of(lane.contender(), options, threads, database);
            System.err.printf("%s, round %d, %s: %.0f calls/s%n", task, round + 1, lane.name(), result.perSecond());
            if (round >= 0) {
                lane.turns().add(result);
            }
        }
    }
}
