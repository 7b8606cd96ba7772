package io.plimsoll.processor.report;

import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** What a feature says about an entry point. Found by {@link java.util.ServiceLoader}; several may share a column. */
public interface Cell {

    Column column();

    /**
     * A few words, or null if nothing is promised.
     *
     * @param type the class that is the entry point, which may inherit the method
     */
    @Nullable
    String text(ExecutableElement method, TypeElement type, Compilation compilation);
}
