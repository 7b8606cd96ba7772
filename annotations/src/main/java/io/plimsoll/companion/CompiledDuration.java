package io.plimsoll.companion;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A duration as the compiler left it: already parsed, or a placeholder such as {@code "${orders.timeout:2s}"} that
 * only the running application can resolve. Immutable.
 */
public final class CompiledDuration {

    private final long nanos;
    private final @Nullable String placeholder;

    private CompiledDuration(long nanos, @Nullable String placeholder) {
        this.nanos = nanos;
        this.placeholder = placeholder;
    }

    public static CompiledDuration ofNanos(long nanos) {
        return new CompiledDuration(nanos, null);
    }

    public static CompiledDuration ofPlaceholder(String text) {
        return new CompiledDuration(0, text);
    }

    /** Whether a text is left to the running application: it holds a placeholder anywhere. */
    public static boolean isPlaceholder(String text) {
        return text.contains("${");
    }

    /**
     * The duration, with placeholders resolved.
     *
     * @param placeholders replaces every placeholder in a text, or throws if one has no value
     * @throws IllegalArgumentException if a placeholder has no value or its value is no duration
     */
    public Duration resolve(UnaryOperator<String> placeholders) {
        return placeholder == null ? Duration.ofNanos(nanos) : DurationParser.parse(placeholders.apply(placeholder));
    }

    @Override
    public String toString() {
        return placeholder == null ? DurationParser.format(Duration.ofNanos(nanos)) : placeholder;
    }
}
