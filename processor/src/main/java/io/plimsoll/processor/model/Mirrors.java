package io.plimsoll.processor.model;

import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Reads annotation mirrors without ever failing on code that does not compile yet. */
public final class Mirrors {

    private Mirrors() {}

    /** The type of an annotation, or null if it does not exist (yet). */
    public static @Nullable TypeElement type(AnnotationMirror mirror) {
        if (mirror.getAnnotationType().getKind() == TypeKind.ERROR) {
            return null;
        }
        Element type = mirror.getAnnotationType().asElement();
        return type.getKind() == ElementKind.ANNOTATION_TYPE ? (TypeElement) type : null;
    }

    /** The annotation of this type that is written on the element itself, or null. */
    public static @Nullable AnnotationMirror written(Element element, String annotation) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = type(mirror);
            if (type != null && type.getQualifiedName().contentEquals(annotation)) {
                return mirror;
            }
        }
        return null;
    }

    /** What is written for an attribute, or null if the default holds. */
    public static @Nullable AnnotationValue written(AnnotationMirror mirror, ExecutableElement attribute) {
        for (var entry : mirror.getElementValues().entrySet()) {
            if (entry.getKey().equals(attribute)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** What an attribute of this name amounts to, its default included; null if there is no such attribute. */
    public static @Nullable AnnotationValue value(AnnotationMirror mirror, String attribute) {
        for (Element member : mirror.getAnnotationType().asElement().getEnclosedElements()) {
            if (member instanceof ExecutableElement method
                    && method.getSimpleName().contentEquals(attribute)) {
                AnnotationValue written = written(mirror, method);
                return written != null ? written : method.getDefaultValue();
            }
        }
        return null;
    }

    /** The contents of a value as text, one for each element of an array. */
    public static List<String> texts(AnnotationValue value) {
        return value.getValue() instanceof List<?> values
                ? values.stream()
                        .map(each -> String.valueOf(((AnnotationValue) each).getValue()))
                        .toList()
                : List.of(String.valueOf(value.getValue()));
    }

    /** Whether a value could not be resolved: it names a constant or a type that does not exist (yet). */
    public static boolean isUnresolved(AnnotationValue value) {
        Object content = value.getValue();
        if (content instanceof List<?> values) {
            return values.stream().anyMatch(item -> item instanceof AnnotationValue inner && isUnresolved(inner));
        }
        if (content instanceof AnnotationMirror nested) {
            return nested.getElementValues().values().stream().anyMatch(Mirrors::isUnresolved);
        }
        // The compilers' own word for an attribute they could not attribute. A string of that text prints with quotes,
        // but
        // in ecj both do.
        return "<error>".equals(content)
                && (value.toString().equals("<error>")
                        || value.getClass().getName().startsWith("org.eclipse."));
    }
}
