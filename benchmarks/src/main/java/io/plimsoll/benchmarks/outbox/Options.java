package io.plimsoll.benchmarks.outbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The arguments. A measurement whose figure is 0 is left out.
 *
 * @param drain how many events wait when delivery begins
 * @param steady for how many seconds events are published as fast as it goes while they are delivered
 * @param latency for how many seconds events are published at a fixed rate
 * @param write for how many seconds a business transaction is repeated
 * @param held for how many seconds a snapshot is held
 * @param rate events per second where it is fixed
 * @param rounds how often, after the warm-up
 * @param warmups rounds that do not count
 * @param threads that publish
 * @param connections in the pool of a contender
 * @param payload how long the JSON of an event is, in bytes
 * @param perTransaction how many events a transaction publishes where its number is not what is measured
 * @param lanes who takes part
 * @param data where the databases lie: on a disk, for in memory nothing is flushed
 */
record Options(
        int drain,
        int steady,
        int latency,
        int write,
        int held,
        int rate,
        int rounds,
        int warmups,
        int threads,
        int connections,
        int payload,
        int perTransaction,
        List<Lane> lanes,
        Path data,
        int port) {

    static final String USAGE = "--drain 200000 --steady 5 --latency 20 --write 3 --held 600 --rate 1000 --rounds 3"
            + " --warmups 1 --threads 8 --connections 40 --payload 300 --per-transaction 10"
            + " --contenders plimsoll,namastack --data benchmarks/target/postgres --port 54399";

    /** @throws IllegalArgumentException if an argument is not known, or not a number where one is due */
    static Options parse(String... args) {
        Map<String, String> values = new TreeMap<>();
        String[] known = USAGE.split(" ", -1);
        for (int i = 0; i < known.length; i += 2) {
            values.put(known[i], known[i + 1]);
        }
        values.put("--contenders", "");
        List.of("--drain", "--steady", "--latency", "--write", "--held").forEach(name -> values.put(name, "0"));
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || values.replace(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException(args[i] + " is not known or lacks its value; known are: " + USAGE);
            }
        }
        return new Options(
                number(values, "--drain"),
                number(values, "--steady"),
                number(values, "--latency"),
                number(values, "--write"),
                number(values, "--held"),
                number(values, "--rate"),
                number(values, "--rounds"),
                number(values, "--warmups"),
                number(values, "--threads"),
                number(values, "--connections"),
                number(values, "--payload"),
                number(values, "--per-transaction"),
                lanes(value(values, "--contenders")),
                Path.of(value(values, "--data")),
                number(values, "--port"));
    }

    private static String value(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(value(values, name));
    }

    private static List<Lane> lanes(String names) {
        if (names.isEmpty()) {
            return Lane.ALL;
        }
        List<String> wanted = Arrays.asList(names.split(",", -1));
        List<Lane> lanes =
                Lane.ALL.stream().filter(lane -> wanted.contains(lane.name())).toList();
        if (lanes.size() != wanted.size()) {
            throw new IllegalArgumentException(
                    "Known contenders are " + Lane.ALL.stream().map(Lane::name).toList());
        }
        return lanes;
    }
}
