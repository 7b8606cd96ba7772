package io.plimsoll.benchmarks.idempotency;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arguments.
 *
 * @param time how long a contender runs at a time
 * @param rounds how often, after the warm-up
 * @param warmups rounds that do not count
 * @param threads as many connections are in the pool
 * @param names only these contenders, and the bare transaction; all if empty
 * @param data where the database lies: on a disk, for in memory nothing is flushed
 */
record Options(
        Duration time, int rounds, int warmups, int threads, List<Task> tasks, Set<String> names, Path data, int port) {

    static final String USAGE = "--seconds 4 --rounds 6 --warmups 1 --threads 8 --tasks single,five"
            + " --contenders 'bare,by hand' --data benchmarks/target/postgres --port 54399";

    /** @throws IllegalArgumentException if an argument is not known, or not a number where one is due */
    static Options parse(String... args) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "--seconds", "4",
                "--rounds", "6",
                "--warmups", "1",
                "--threads", "8",
                "--tasks", "single,five",
                "--contenders", "",
                "--data", "benchmarks/target/postgres",
                "--port", "54399"));
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || values.replace(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException(args[i] + " is not known or lacks its value; known are: " + USAGE);
            }
        }
        return new Options(
                Duration.ofMillis(Math.round(1_000 * Double.parseDouble(value(values, "--seconds")))),
                Integer.parseInt(value(values, "--rounds")),
                Integer.parseInt(value(values, "--warmups")),
                Integer.parseInt(value(values, "--threads")),
                words(value(values, "--tasks")).stream()
                        .map(task -> Task.valueOf(task.toUpperCase(Locale.ROOT)))
                        .toList(),
                Set.copyOf(words(value(values, "--contenders"))),
                Path.of(value(values, "--data")),
                Integer.parseInt(value(values, "--port")));
    }

    private static String value(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean wants(Contender contender) {
        return names.isEmpty()
                || names.contains(contender.name())
                || contender.name().equals(ThroughputBenchmark.BARE);
    }
}
