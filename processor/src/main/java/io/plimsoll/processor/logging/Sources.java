package io.plimsoll.processor.logging;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the source of a method said. javac takes a class apart as soon as it has been looked at, and goes from
 * class to class in an order of its own: who comes later must be told.
 */
final class Sources {

    private final Map<ExecutableElement, Optional<String>> texts = new HashMap<>();
    private final Map<ExecutableElement, Boolean> getters = new HashMap<>();

    @Nullable
    String text(ExecutableElement toString, Supplier<@Nullable String> read) {
        Optional<String> known = texts.get(toString);
        if (known == null) {
            known = Optional.ofNullable(read.get()); // May ask for other texts meanwhile.
            texts.put(toString, known);
        }
        return known.orElse(null);
    }

    boolean getter(ExecutableElement getter, Supplier<Boolean> read) {
        return getters.computeIfAbsent(getter, each -> read.get());
    }
}
