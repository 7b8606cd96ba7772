package io.plimsoll.processor.companion;

import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.DurationParser;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Parses durations for companions, for every feature the same. */
public final class Durations {

    private Durations() {}

    /** The duration of a text, parsed now if it can be. */
    public static CompiledDuration compile(String text) {
        if (!CompiledDuration.isPlaceholder(text)) {
            try {
                return CompiledDuration.ofNanos(DurationParser.parse(text).toNanos());
            } catch (IllegalArgumentException e) {
                // The build has switched InvalidDuration off: then the application refuses the text when it starts.
            }
        }
        return CompiledDuration.ofPlaceholder(text);
    }

    /**
     * What a duration is made of.
     *
     * @param placeholder null if the nanoseconds count
     */
    record Parts(long nanos, @Nullable String placeholder) {

        static Parts of(CompiledDuration duration) {
            AtomicReference<@Nullable String> placeholder = new AtomicReference<>();
            Duration resolved = duration.resolve(text -> {
                placeholder.set(text);
                return "1s";
            });
            return new Parts(resolved.toNanos(), placeholder.get());
        }
    }
}
