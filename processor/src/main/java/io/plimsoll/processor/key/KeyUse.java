package io.plimsoll.processor.key;

import io.plimsoll.companion.KeyExpression;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.Mirrors;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * One expression, where it is written.
 *
 * @param attribute the attribute it is the value of
 * @param place the value, or the annotation of a team's own that brings it along
 */
record KeyUse(String attribute, String text, ExecutableElement method, Place place, CompiledKey compiled) {

    /** The expressions on a method, in any attribute that is marked with {@link KeyExpression}. */
    static List<KeyUse> on(Element element, Compilation compilation) {
        if (!(element instanceof ExecutableElement method)
                || method.getKind() != ElementKind.METHOD
                || method.getAnnotationMirrors().isEmpty()) {
            return List.of();
        }
        return compilation.memo().get(new On(method), () -> read(method, compilation));
    }

    private record On(ExecutableElement method) {}

    private static List<KeyUse> read(ExecutableElement method, Compilation compilation) {
        List<KeyUse> uses = new ArrayList<>();
        for (Merged annotation : compilation.annotations().on(method)) {
            for (ExecutableElement attribute :
                    ElementFilter.methodsIn(annotation.type().getEnclosedElements())) {
                if (Mirrors.written(attribute, KeyExpression.class.getName()) != null) {
                    KeyUse use = of(annotation, attribute, method, compilation);
                    if (use != null) {
                        uses.add(use);
                    }
                }
            }
        }
        return uses;
    }

    private static @Nullable KeyUse of(
            Merged annotation, ExecutableElement attribute, ExecutableElement method, Compilation compilation) {
        String name = attribute.getSimpleName().toString();
        AnnotationValue value = annotation.value(name);
        AnnotationValue unset = attribute.getDefaultValue();
        if (value == null
                || Mirrors.isUnresolved(value)
                || !(value.getValue() instanceof String text)
                || (text.isEmpty() && unset != null && "".equals(unset.getValue()))) {
            return null;
        }
        Place place = Place.of(method, annotation.root(), annotation.writtenValue(name));
        return new KeyUse(name, text, method, place, CompiledKey.of(text, method, compilation));
    }

    /** The expression as a message names it. */
    String subject() {
        return attribute + " \"" + text + "\"";
    }
}
