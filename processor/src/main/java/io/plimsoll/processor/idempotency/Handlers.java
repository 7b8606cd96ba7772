package io.plimsoll.processor.idempotency;

import io.plimsoll.companion.EntryPoints;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Knows which request handlers answer a method that HTTP does not expect to be repeatable. */
final class Handlers {

    private static final Set<String> NOT_REPEATABLE = Set.of("POST", "PATCH");

    private Handlers() {}

    /** Whether a handler says that it answers POST or PATCH: on the method, one it overrides, or a type around. */
    static boolean writes(ExecutableElement handler, TypeElement type, Compilation compilation) {
        List<Element> places = new ArrayList<>(compilation.hierarchy().declarations(handler, type));
        places.addAll(compilation.hierarchy().of(type));
        return places.stream().anyMatch(place -> writes(place, compilation));
    }

    private static boolean writes(Element place, Compilation compilation) {
        Merged mapping = compilation.annotations().find(place, EntryPoints.HANDLERS);
        AnnotationValue method = mapping == null ? null : mapping.value("method");
        return method != null && names(method).stream().anyMatch(NOT_REPEATABLE::contains);
    }

    /** One method as text, as in {@code @HttpExchange}, or several constants, as in {@code @RequestMapping}. */
    private static List<String> names(AnnotationValue value) {
        Object content = value.getValue();
        if (content instanceof VariableElement constant) {
            return List.of(constant.getSimpleName().toString());
        }
        if (content instanceof List<?> values) {
            return values.stream()
                    .flatMap(each -> names((AnnotationValue) each).stream())
                    .toList();
        }
        return List.of(String.valueOf(content));
    }
}
