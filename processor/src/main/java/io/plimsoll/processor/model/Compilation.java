package io.plimsoll.processor.model;

import java.util.Collection;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * What a rule may ask the compiler. It remembers its answers, and is valid for one round.
 *
 * @param memo for what rules work out themselves
 * @param sources the types that are compiled, nested ones included; an incremental build compiles only a part of a
 *     program, so that absence from here proves nothing
 */
public record Compilation(
        Elements elements,
        Types types,
        Annotations annotations,
        Hierarchy hierarchy,
        RuntimeNames names,
        Memo memo,
        Collection<TypeElement> sources) {

    public static Compilation of(Elements elements, Types types, Collection<TypeElement> sources) {
        return new Compilation(
                elements,
                types,
                new Annotations(),
                new Hierarchy(elements, types),
                new RuntimeNames(elements, types),
                new Memo(),
                sources);
    }
}
