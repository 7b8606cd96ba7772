package io.plimsoll.processor.companion;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.DurationParser;

/** Writes durations into companions, for every feature the same. */
public final class Durations {

    private Durations() {}

    /** Java code that makes the {@link CompiledDuration} of a text. */
    public static CodeBlock code(String text) {
        if (!CompiledDuration.isPlaceholder(text)) {
            try {
                long nanos = DurationParser.parse(text).toNanos();
                return CodeBlock.of("$T.ofNanos($LL)", CompiledDuration.class, nanos);
            } catch (IllegalArgumentException e) {
                // The build has switched InvalidDuration off: then the application refuses the text when it starts.
            }
        }
        return CodeBlock.of("$T.ofPlaceholder($S)", CompiledDuration.class, text);
    }
}
