package io.plimsoll.processor.duration;

import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.DurationParser;
import io.plimsoll.processor.duration.DurationAttributes.Limits;
import io.plimsoll.processor.engine.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with one duration. */
final class DurationCheck {

    private static final String HOW_TO_WRITE =
            "a whole number and a unit (ns, us, ms, s, m, h, d) such as \"500ms\" or \"2s\", or ISO-8601 such as"
                    + " \"PT1M30S\"";

    private DurationCheck() {}

    /** What is wrong with a text, or null if nothing is, as far as it can be known before the application runs. */
    static @Nullable Message problem(String text, Limits limits) {
        if (!CompiledDuration.isPlaceholder(text)) {
            return problem(text, text, limits);
        }
        Placeholders resolved = Placeholders.resolve(text);
        if (resolved.unterminated()) {
            return new Message(
                    quoted(text) + " opens a placeholder and does not close it",
                    "No property can replace it, so the application would not start",
                    quoted("${some.timeout:2s}") + ", with the closing brace");
        }
        String known = resolved.text();
        return known == null ? null : problem(known, text, limits);
    }

    /** @param written what stands in the source: the value itself, or the placeholder whose default it is */
    private static @Nullable Message problem(String text, String written, Limits limits) {
        if (text.isEmpty() && limits.emptyAllowed()) {
            return null;
        }
        Duration duration;
        try {
            duration = DurationParser.parse(text);
        } catch (IllegalArgumentException e) {
            String better = DurationSuggestion.of(text);
            return new Message(
                    subject(text, written) + " is not a duration",
                    "Nobody can tell how long is meant, and the application would not start",
                    better == null ? HOW_TO_WRITE : "did you mean " + quoted(replaced(written, text, better)) + "?");
        }
        if (duration.isNegative()) {
            return new Message(
                    subject(text, written) + " is negative",
                    "Time that is over before it begins lets nothing through",
                    quoted(replaced(written, text, DurationParser.format(duration.negated())))
                            + ", or what else is meant");
        }
        if (duration.isZero() && !limits.zeroAllowed()) {
            return new Message(
                    subject(text, written) + " is zero",
                    "A duration of nothing is over before the work begins",
                    "a positive duration such as " + quoted(replaced(written, text, "500ms")));
        }
        return null;
    }

    private static String subject(String text, String written) {
        return text.equals(written) ? quoted(text) : "The default " + quoted(text) + " of " + quoted(written);
    }

    private static String replaced(String written, String text, String better) {
        int at = text.isEmpty() ? -1 : written.lastIndexOf(text);
        return at < 0 ? better : written.substring(0, at) + better + written.substring(at + text.length());
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
