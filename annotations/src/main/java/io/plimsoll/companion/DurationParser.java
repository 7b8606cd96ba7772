package io.plimsoll.companion;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and prints the durations that people write into annotations. Stateless and thread-safe.
 *
 * <p>Accepted: a whole number with one unit ({@code ns}, {@code us}, {@code ms}, {@code s}, {@code m}, {@code h},
 * {@code d}), as in {@code "500ms"} or {@code "24h"}, and ISO-8601 as {@link Duration#parse} reads it, as in
 * {@code "PT1M30S"}. The same code reads them in the compiler and at start-up, so the two cannot disagree.
 */
public final class DurationParser {

    private static final Pattern SIMPLE = Pattern.compile("([+-]?\\d+)(ns|us|ms|s|m|h|d)");

    private DurationParser() {}

    /**
     * Reads a duration.
     *
     * @param text what the developer wrote; surrounding blanks are ignored
     * @return the duration, possibly zero or negative: whether that makes sense is the caller's question
     * @throws IllegalArgumentException if the text is no duration or does not fit into 292 years of nanoseconds; the
     *     message tells what to write instead
     */
    public static Duration parse(String text) {
        try {
            return Duration.ofNanos(nanos(text.strip()));
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a duration: write a whole number and a unit"
                    + " (ns, us, ms, s, m, h, d), such as \"500ms\", \"2s\" or \"24h\", or ISO-8601, such as"
                    + " \"PT1M30S\"");
        }
    }

    private static long nanos(String text) {
        Matcher simple = SIMPLE.matcher(text);
        if (simple.matches()) {
            return Math.multiplyExact(Long.parseLong(simple.group(1)), nanosPer(simple.group(2)));
        }
        return Duration.parse(text).toNanos();
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new IllegalArgumentException(unit);
        };
    }

    /** Prints a duration the way a person would write it: {@code 2s}, {@code 1.5s}, {@code 340ms}, {@code 3m}. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0ms";
        }
        if (nanos < 0) {
            return "-" + format(duration.negated());
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return nanos / 1_000 + "us";
        }
        if (nanos < 1_000_000_000) {
            return nanos / 1_000_000 + "ms";
        }
        long millis = nanos / 1_000_000;
        if (millis < 60_000) {
            return withoutTrailingZeros(millis) + "s";
        }
        for (String unit : new String[] {"d", "h", "m"}) {
            if (nanos % nanosPer(unit) == 0) {
                return nanos / nanosPer(unit) + unit;
            }
        }
        return withoutTrailingZeros(millis) + "s";
    }

    private static String withoutTrailingZeros(long millis) {
        if (millis % 1_000 == 0) {
            return Long.toString(millis / 1_000);
        }
        String fraction = String.format("%03d", millis % 1_000).replaceAll("0+$", "");
        return millis / 1_000 + "." + fraction;
    }
}
