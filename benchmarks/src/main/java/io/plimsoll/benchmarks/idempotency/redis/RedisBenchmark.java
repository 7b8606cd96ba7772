package io.plimsoll.benchmarks.idempotency.redis;

import io.plimsoll.benchmarks.Spread;
import io.plimsoll.test.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A load run: threads call every contender in turn, always with a new key, on one Redis. The rounds are interleaved and begin
 * with another contender each; a ratio is taken within a round. {@code RedisBenchmark [seconds] [rounds] [threads]}
 */
public final class RedisBenchmark {

    private final List<RedisContender> contenders;
    private final ExecutorService threads;
    private final int threadCount;
    private final long nanos;

    private RedisBenchmark(LettuceConnectionFactory connections, int seconds, int threadCount) {
        this.contenders = RedisContenders.all(connections);
        this.threads = Executors.newFixedThreadPool(threadCount);
        this.threadCount = threadCount;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 6;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 8;
        RedisServer server = RedisServer.shared();
        LettuceConnectionFactory connections = new LettuceConnectionFactory(server.host(), server.port());
        connections.afterPropertiesSet();
        connections.start();
        RedisBenchmark benchmark = new RedisBenchmark(connections, seconds, threads);
        try {
            System.out.println(benchmark.run(rounds));
        } finally {
            benchmark.threads.shutdown();
            benchmark.contenders.forEach(RedisContender::close);
            connections.stop();
        }
    }

    private String run(int rounds) throws Exception {
        double[][] perSecond = new double[contenders.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                int lane = Math.floorMod(round + turn, contenders.size());
                long calls = calls(contenders.get(lane));
                double speed = calls / (nanos / 1e9);
                System.err.printf(
                        "round %d, %s: %.0f calls/s%n",
                        round + 1, contenders.get(lane).name(), speed);
                if (round >= 0) {
                    perSecond[lane][round] = speed;
                }
            }
        }
        return report(rounds, perSecond);
    }

    private long calls(RedisContender contender) throws Exception {
        long end = System.nanoTime() + nanos;
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < threadCount; i++) {
            running.add(threads.submit(() -> {
                long calls = 0;
                for (; System.nanoTime() - end < 0; calls++) {
                    ThreadLocalRandom random = ThreadLocalRandom.current();
                    contender.call(new UUID(random.nextLong(), random.nextLong()).toString());
                }
                return calls;
            }));
        }
        long calls = 0;
        for (Future<Long> each : running) {
            calls += each.get();
        }
        return calls;
    }

    private String report(int rounds, double[][] perSecond) {
        int base = 2; // What a team would write by hand is what the others are measured by.
        StringBuilder report =
                new StringBuilder("| contender | keeps | calls/s | of by hand |\n" + "|---|---|---|---|\n");
        for (int lane = 0; lane < contenders.size(); lane++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = perSecond[lane][round] / perSecond[base][round];
            }
            report.append("| %s | %s | %s | %s |%n"
                    .formatted(
                            contenders.get(lane).name(),
                            contenders.get(lane).keeps(),
                            Spread.of(DoubleStream.of(perSecond[lane])).format("%.0f"),
                            Spread.of(DoubleStream.of(ratios)).format("%.2f")));
        }
        return report.toString();
    }
}
