package io.plimsoll.processor.outbox;

import io.plimsoll.outbox.Outboxed;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Outboxed} that holds for a method, or for a type.
 *
 * @param annotation written there, brought along by a team's own, or written on a method that it overrides
 * @param element the method or the type
 * @param on the declaration that carries it
 */
record Published(Merged annotation, Element element, Element on) {

    /** Null if nothing is published there. */
    static @Nullable Published find(Element element, Compilation compilation) {
        if (element instanceof ExecutableElement method && method.getKind() == ElementKind.METHOD) {
            return find(method, Hierarchy.owner(method), compilation);
        }
        boolean type = element.getKind().isClass() || element.getKind() == ElementKind.INTERFACE;
        return type ? find(element, List.of(element), compilation) : null;
    }

    /** What holds for a method in a type that may inherit it. */
    static @Nullable Published find(ExecutableElement method, TypeElement type, Compilation compilation) {
        return find(method, compilation.hierarchy().declarations(method, type), compilation);
    }

    private static @Nullable Published find(Element element, List<? extends Element> places, Compilation compilation) {
        for (Element place : places) {
            Merged found = compilation.annotations().find(place, Outboxed.class.getName());
            if (found != null) {
                return new Published(found, element, place);
            }
        }
        return null;
    }

    /** The value of an attribute, the annotation, or the element that inherits it. */
    Place place(@Nullable String attribute) {
        return on.equals(element)
                ? Place.of(element, annotation.root(), attribute == null ? null : annotation.writtenValue(attribute))
                : Place.of(element);
    }

    /** As a person would write it: {@code Orders.place}, {@code OrderPlaced}. */
    String name() {
        return element instanceof ExecutableElement method
                ? Hierarchy.owner(method).getSimpleName() + "." + method.getSimpleName()
                : element.getSimpleName().toString();
    }
}
