package io.plimsoll.benchmarks.timeout;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The arguments.
 *
 * @param calls how many are under way at once
 * @param rounds how often, after the warm-up
 * @param warmups rounds that do not count
 * @param hold how long a call takes that is not cut
 * @param parks in how many waits
 * @param budget of a call that is cut; long enough for all to have begun
 */
record CrowdOptions(int calls, int rounds, int warmups, Duration hold, int parks, Duration budget) {

    static final String USAGE =
            "--calls 100000 --rounds 8 --warmups 2 --hold-millis 1000 --parks 4 --budget-millis 2000";

    /** @throws IllegalArgumentException if an argument is not known, or not a number */
    static CrowdOptions parse(String... args) {
        Map<String, String> values = new TreeMap<>();
        String[] defaults = USAGE.split(" ", -1);
        for (int i = 0; i < defaults.length; i += 2) {
            values.put(defaults[i], defaults[i + 1]);
        }
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || values.replace(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException(args[i] + " is not known or lacks its value; known are: " + USAGE);
            }
        }
        return new CrowdOptions(
                number(values, "--calls"),
                number(values, "--rounds"),
                number(values, "--warmups"),
                Duration.ofMillis(number(values, "--hold-millis")),
                number(values, "--parks"),
                Duration.ofMillis(number(values, "--budget-millis")));
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(Objects.requireNonNull(values.get(name)));
    }

    long parkNanos() {
        return hold.toNanos() / parks;
    }
}
