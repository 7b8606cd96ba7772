package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;

/** A rule over declarations. It works in every compiler that runs annotation processors. */
public non-sealed interface ElementRule extends Rule {

    /**
     * Looks at one element: a package with a {@code package-info.java}, a type, a member, a parameter. Local and
     * anonymous classes are not shown by compilers.
     *
     * <p>The element may belong to code that does not compile. Where a type or a value is unknown, a rule stays silent.
     */
    void check(Element element, Compilation compilation, Findings findings);

    /**
     * Whether there is all that a verdict on an element needs. If not, its type waits for the next round, in which
     * other processors may have written what is missing; in the last one nobody waits.
     */
    default boolean canJudge(Element element, Compilation compilation) {
        return true;
    }
}
