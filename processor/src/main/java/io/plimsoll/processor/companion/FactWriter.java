package io.plimsoll.processor.companion;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** What a feature adds to companions: for its promise, one fact. Found by {@link java.util.ServiceLoader}. */
public interface FactWriter {

    /** The annotation type, by its canonical name. */
    String promise();

    /**
     * The fact of one promise, such as a {@link io.plimsoll.timeout.CompiledTimeout}: the companion will make an equal
     * one. Its components are texts, numbers, booleans, constants of enums, durations by {@link Durations} and
     * expressions by {@link io.plimsoll.processor.key.Keys}, or null.
     *
     * <p>It must be possible whatever the annotation holds: a rule refuses bad values, but a build may have switched the
     * rule off. What cannot be worked out is null, or left to the start of the application.
     *
     * @param site a type, a method or a package
     */
    @Nullable
    Record fact(Merged promise, Element site, Compilation compilation);
}
