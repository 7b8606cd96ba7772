package io.plimsoll.processor.report;

import io.plimsoll.processor.model.Compilation;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** What a feature writes down of each type, for a command of plimsoll-test. Found by {@link java.util.ServiceLoader}. */
public interface Extract {

    /** The folder that its fragments lie in. */
    String sort();

    /** The lines of the fragment of a type; none, no fragment. */
    List<String> lines(TypeElement type, Compilation compilation);
}
