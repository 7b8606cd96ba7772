package io.plimsoll.processor.model;

import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads Spring's {@code @AliasFor}, by name: the processor does not depend on Spring. */
public final class Aliases {

    private static final String ALIAS_FOR = "org.springframework.core.annotation.AliasFor";

    private Aliases() {}

    /** The attribute that an attribute stands for, in its own or in a meta-annotation; null if it is no alias. */
    public static @Nullable ExecutableElement target(ExecutableElement attribute) {
        for (AnnotationMirror mirror : attribute.getAnnotationMirrors()) {
            TypeElement type = Mirrors.type(mirror);
            if (type != null && type.getQualifiedName().contentEquals(ALIAS_FOR)) {
                return target(attribute, mirror);
            }
        }
        return null;
    }

    private static @Nullable ExecutableElement target(ExecutableElement attribute, AnnotationMirror aliasFor) {
        String name = "";
        Element owner = Hierarchy.owner(attribute);
        for (var written : aliasFor.getElementValues().entrySet()) {
            AnnotationValue value = written.getValue();
            if (value.getValue() instanceof DeclaredType annotation) {
                owner = annotation.asElement();
            } else if (value.getValue() instanceof String text && !text.isEmpty()) {
                name = text;
            }
        }
        String wanted = name.isEmpty() ? attribute.getSimpleName().toString() : name;
        for (ExecutableElement candidate : ElementFilter.methodsIn(owner.getEnclosedElements())) {
            if (candidate.getSimpleName().contentEquals(wanted) && !candidate.equals(attribute)) {
                return candidate;
            }
        }
        return null;
    }

    /** The attribute itself and all it stands for, the nearest first. */
    public static Set<ExecutableElement> targets(ExecutableElement attribute) {
        Set<ExecutableElement> targets = new LinkedHashSet<>();
        ExecutableElement next = attribute;
        while (next != null && targets.add(next)) {
            next = target(next);
        }
        return targets;
    }
}
