package io.plimsoll.processor.companion;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** What a feature adds to companions: for its promise, one expression. Found by {@link java.util.ServiceLoader}. */
public interface FactWriter {

    /** The annotation type, by its canonical name. */
    String promise();

    /**
     * Java code that makes the fact of one promise, as {@code new CompiledTimeout(...)}.
     *
     * <p>It must compile whatever the annotation holds: a rule refuses bad values, but a build may have switched the
     * rule off. What cannot be worked out is null, or left to the start of the application.
     *
     * @param site a type, a method or a package
     */
    @Nullable
    CodeBlock fact(Merged promise, Element site, Compilation compilation);

    /** Whether facts hold calls of the application's own code, which may be deprecated or of raw types. */
    default boolean callsTheApplication() {
        return false;
    }
}
