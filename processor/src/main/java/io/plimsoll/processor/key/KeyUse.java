package io.plimsoll.processor.key;

import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Annotations;
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
record KeyUse(String attribute, String text, Element site, Place place, KeyMark mark, CompiledKey compiled) {

    /**
     * The expressions on a method, in any attribute that is marked with {@link io.plimsoll.companion.KeyExpression}; and
     * those of annotations on a type that say something of its instances.
     */
    static List<KeyUse> on(Element element, Compilation compilation) {
        boolean type = element.getKind().isClass() || element.getKind() == ElementKind.INTERFACE;
        if ((!type && element.getKind() != ElementKind.METHOD)
                || element.getAnnotationMirrors().isEmpty()) {
            return List.of();
        }
        return compilation.memo().get(new On(element), () -> read(element, compilation));
    }

    private record On(Element element) {}

    private static List<KeyUse> read(Element element, Compilation compilation) {
        List<KeyUse> uses = new ArrayList<>();
        for (Merged annotation : compilation.annotations().on(element)) {
            if (!(element instanceof ExecutableElement) && Annotations.isKeptByProxy(annotation.type())) {
                continue;
            }
            for (ExecutableElement attribute :
                    ElementFilter.methodsIn(annotation.type().getEnclosedElements())) {
                KeyMark mark = KeyMark.of(attribute);
                if (mark != null) {
                    KeyUse use = of(annotation, attribute, mark, element, compilation);
                    if (use != null) {
                        uses.add(use);
                    }
                }
            }
        }
        return uses;
    }

    private static @Nullable KeyUse of(
            Merged annotation, ExecutableElement attribute, KeyMark mark, Element site, Compilation compilation) {
        String name = attribute.getSimpleName().toString();
        AnnotationValue value = annotation.value(name);
        AnnotationValue unset = attribute.getDefaultValue();
        if (value == null
                || Mirrors.isUnresolved(value)
                || !(value.getValue() instanceof String text)
                || (text.isEmpty() && unset != null && "".equals(unset.getValue()))) {
            return null;
        }
        Place place = Place.of(site, annotation.root(), annotation.writtenValue(name));
        CompiledKey compiled = CompiledKey.of(text, annotation, name, site, compilation);
        return new KeyUse(name, text, site, place, mark, compiled);
    }

    /** The expression as a message names it. */
    String subject() {
        return attribute + " \"" + text + "\"";
    }
}
