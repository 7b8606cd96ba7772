package io.plimsoll.guard;

import io.plimsoll.companion.Promise;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * A promise in the source: what the starter would ask a companion for.
 *
 * @param annotation on the element: the promise itself, or one that leads to it through meta-annotations
 */
record FoundPromise(Element element, AnnotationMirror annotation) {

    /** The first promise on a type that has been attributed, on its members, or on its package. */
    static @Nullable FoundPromise first(TypeElement type, Elements elements) {
        FoundPromise found = in(type);
        return found != null ? found : on(elements.getPackageOf(type));
    }

    private static @Nullable FoundPromise in(Element element) {
        if (element.getKind() == ElementKind.ANNOTATION_TYPE) {
            return null; // It passes a promise on; whoever carries it makes one.
        }
        FoundPromise found = on(element);
        for (Element member : element.getEnclosedElements()) {
            if (found != null) {
                break;
            }
            found = in(member);
        }
        return found;
    }

    private static @Nullable FoundPromise on(Element element) {
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            if (leadsToPromise(annotation, new HashSet<>())) {
                return new FoundPromise(element, annotation);
            }
        }
        return null;
    }

    private static boolean leadsToPromise(AnnotationMirror annotation, Set<Element> seen) {
        Element type = annotation.getAnnotationType().asElement();
        if (!seen.add(type)) {
            return false;
        }
        for (AnnotationMirror meta : type.getAnnotationMirrors()) {
            if (isMark(meta) || leadsToPromise(meta, seen)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(AnnotationMirror annotation) {
        return ((TypeElement) annotation.getAnnotationType().asElement())
                .getQualifiedName()
                .contentEquals(Promise.class.getName());
    }

    /** {@code @Timeout on Orders.place}. */
    @Override
    public String toString() {
        Element owner = element.getEnclosingElement();
        String name = element instanceof ExecutableElement && owner != null
                ? owner.getSimpleName() + "." + element.getSimpleName()
                : (element.getKind() == ElementKind.PACKAGE ? "package " : "") + element;
        return "@" + annotation.getAnnotationType().asElement().getSimpleName() + " on " + name;
    }
}
