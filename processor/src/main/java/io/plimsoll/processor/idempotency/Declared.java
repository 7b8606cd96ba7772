package io.plimsoll.processor.idempotency;

import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.Mirrors;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * An annotation that holds for a method: written on it, on what it overrides, or brought along by a team's own.
 *
 * @param on the declaration that carries it
 */
record Declared(Merged annotation, ExecutableElement on) {

    /** The annotation that holds for a method in a type; the nearest if there are several. */
    static @Nullable Declared find(
            Class<?> annotation, ExecutableElement method, TypeElement type, Compilation compilation) {
        for (ExecutableElement declaration : compilation.hierarchy().declarations(method, type)) {
            Merged found = compilation.annotations().find(declaration, annotation.getName());
            if (found != null) {
                return new Declared(found, declaration);
            }
        }
        return null;
    }

    /** The annotation that holds for a method of sources, in its own type; null for anything else. */
    static @Nullable Declared find(Class<?> annotation, Element element, Compilation compilation) {
        return element instanceof ExecutableElement method && method.getKind() == ElementKind.METHOD
                ? find(annotation, method, Hierarchy.owner(method), compilation)
                : null;
    }

    /** The annotation if it stands on the method itself, else the method. */
    Place place(ExecutableElement method) {
        return on.equals(method) ? Place.of(method, annotation.root(), null) : Place.of(method);
    }

    /** As a person would write it: {@code Orders.place}. */
    static String name(ExecutableElement method) {
        return Hierarchy.owner(method).getSimpleName() + "." + method.getSimpleName();
    }

    /** Whether an annotation on any of its declarations does not exist (yet): it may be the one. */
    static boolean mayBeAnnotated(List<ExecutableElement> declarations) {
        return declarations.stream()
                .flatMap(each -> each.getAnnotationMirrors().stream())
                .anyMatch(mirror -> Mirrors.type(mirror) == null);
    }
}
