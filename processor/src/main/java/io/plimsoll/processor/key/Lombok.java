package io.plimsoll.processor.key;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mirrors;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Knows types whose source is not all there is: Lombok writes getters into them. Where it stands first on the processor
 * path they are there from the first round on, else from the second.
 */
final class Lombok {

    private Lombok() {}

    /** Whether an annotation of Lombok stands on a type, on one of its members, or on those of a supertype. */
    static boolean writesInto(TypeElement type, Compilation compilation) {
        return compilation.hierarchy().of(type).stream()
                .anyMatch(each ->
                        isAnnotated(each) || each.getEnclosedElements().stream().anyMatch(Lombok::isAnnotated));
    }

    private static boolean isAnnotated(Element element) {
        return element.getAnnotationMirrors().stream()
                .map(Mirrors::type)
                .anyMatch(type ->
                        type != null && type.getQualifiedName().toString().startsWith("lombok."));
    }
}
