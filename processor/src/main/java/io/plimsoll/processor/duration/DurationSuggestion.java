package io.plimsoll.processor.duration;

import io.plimsoll.companion.DurationParser;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses what was meant: {@code "2 seconds"} is {@code "2s"}, {@code "1.5s"} is {@code "1500ms"}. */
final class DurationSuggestion {

    private static final Pattern NUMBER_AND_WORD = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(\\p{L}*)\\.?");
    private static final Pattern SEVERAL = Pattern.compile("((?:\\d+\\s*[hms]\\s*){2,})", Pattern.CASE_INSENSITIVE);

    /** From the smallest on, so that a fraction finds the next unit in which it is whole. */
    private static final List<String> UNITS = List.of("ns", "us", "ms", "s", "m", "h", "d");

    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", new BigDecimal("1e3"),
            "ms", new BigDecimal("1e6"),
            "s", new BigDecimal("1e9"),
            "m", new BigDecimal("60e9"),
            "h", new BigDecimal("3600e9"),
            "d", new BigDecimal("86400e9"));

    private DurationSuggestion() {}

    /** A duration that parses, or null if no guess is close enough. */
    static @Nullable String of(String text) {
        String stripped = text.strip();
        Matcher one = NUMBER_AND_WORD.matcher(stripped);
        if (one.matches()) {
            String unit = unit(one.group(2).toLowerCase(Locale.ROOT));
            return unit == null ? null : valid(whole(new BigDecimal(one.group(1)), unit));
        }
        Matcher several = SEVERAL.matcher(stripped);
        return several.matches()
                ? valid("PT" + several.group(1).replaceAll("\\s", "").toUpperCase(Locale.ROOT))
                : null;
    }

    private static @Nullable String unit(String word) {
        return switch (word) {
            case "", "s", "sec", "secs", "second", "seconds" -> "s";
            case "ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds" -> "ms";
            case "m", "min", "mins", "minute", "minutes" -> "m";
            case "h", "hr", "hrs", "hour", "hours" -> "h";
            case "d", "day", "days" -> "d";
            case "us", "µs", "μs", "micro", "micros", "microsecond", "microseconds" -> "us";
            case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> "ns";
            default -> null;
        };
    }

    private static @Nullable String whole(BigDecimal amount, String unit) {
        BigDecimal nanos = amount.multiply(NANOS.getOrDefault(unit, BigDecimal.ONE));
        for (int i = UNITS.indexOf(unit); i >= 0; i--) {
            String smaller = UNITS.get(i);
            BigDecimal[] parts = nanos.divideAndRemainder(NANOS.getOrDefault(smaller, BigDecimal.ONE));
            if (parts[1].signum() == 0) {
                return parts[0].toBigInteger() + smaller;
            }
        }
        return null;
    }

    /** A guess that is refused in its turn would be worse than none. */
    private static @Nullable String valid(@Nullable String guess) {
        try {
            return guess == null || DurationParser.parse(guess).isZero() ? null : guess;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
