package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.Mirrors;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Reads {@code @SuppressWarnings("plimsoll:MissingTimeout")}. */
final class Suppressions {

    private static final String PREFIX = "plimsoll:";

    private Suppressions() {}

    /** Whether a rule is suppressed on the element or on anything around it. */
    static boolean covers(@Nullable Element element, Rule rule) {
        for (Element next = element; next != null; next = next.getEnclosingElement()) {
            if (isOn(next, PREFIX + rule.name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOn(Element element, String token) {
        AnnotationMirror mirror = Mirrors.written(element, "java.lang.SuppressWarnings");
        AnnotationValue value = mirror == null ? null : Mirrors.value(mirror, "value");
        return value != null
                && value.getValue() instanceof List<?> tokens
                && tokens.stream()
                        .anyMatch(each -> each instanceof AnnotationValue text && token.equals(text.getValue()));
    }
}
