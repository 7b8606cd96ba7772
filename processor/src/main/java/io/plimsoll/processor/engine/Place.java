package io.plimsoll.processor.engine;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where a finding is shown: an element, an annotation on it, or a value in that annotation.
 *
 * @param element also the place where a suppression is looked for
 */
public record Place(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value) {

    public static Place of(Element element) {
        return new Place(element, null, null);
    }

    /**
     * @param annotation written on the element itself
     * @param value in that annotation, at any depth; null points at the annotation
     */
    public static Place of(Element element, AnnotationMirror annotation, @Nullable AnnotationValue value) {
        return new Place(element, annotation, value);
    }
}
