package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.Mirrors;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Reads {@code @SuppressWarnings("plimsoll:MissingTimeout")}. */
final class Suppressions {

    static final String ANNOTATION = "java.lang.SuppressWarnings";

    private static final String PREFIX = "plimsoll:";

    private Suppressions() {}

    /** One suppression, where it is written. */
    record Token(String rule, AnnotationMirror annotation, AnnotationValue value) {}

    /** The first of some elements on which a rule is suppressed, or null. */
    static @Nullable Element find(List<? extends Element> around, Rule rule) {
        for (Element each : around) {
            if (on(each).stream().anyMatch(token -> token.rule().equals(rule.name()))) {
                return each;
            }
        }
        return null;
    }

    /** What is suppressed on an element itself. */
    static List<Token> on(Element element) {
        AnnotationMirror mirror = Mirrors.written(element, ANNOTATION);
        AnnotationValue value = mirror == null ? null : Mirrors.value(mirror, "value");
        if (mirror == null || value == null || !(value.getValue() instanceof List<?> items)) {
            return List.of();
        }
        List<Token> tokens = new ArrayList<>();
        for (Object item : items) {
            if (item instanceof AnnotationValue text
                    && text.getValue() instanceof String word
                    && word.startsWith(PREFIX)) {
                tokens.add(new Token(word.substring(PREFIX.length()), mirror, text));
            }
        }
        return tokens;
    }

    /** An element and what is around it, from the inside out. */
    static List<Element> around(Element element) {
        List<Element> around = new ArrayList<>();
        for (Element next = element; next != null; next = next.getEnclosingElement()) {
            around.add(next);
        }
        return around;
    }
}
