package io.plimsoll.processor.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** The attributes of annotation types, by name, each with all that it is an alias for. Valid for one round. */
final class Attributes {

    private final Map<TypeElement, Map<ExecutableElement, Set<ExecutableElement>>> known = new HashMap<>();

    /** As {@link Aliases#targets}, for each attribute of a type. */
    Map<ExecutableElement, Set<ExecutableElement>> of(TypeElement type) {
        Map<ExecutableElement, Set<ExecutableElement>> attributes = known.get(type);
        if (attributes == null) {
            attributes = new LinkedHashMap<>();
            for (ExecutableElement attribute : sorted(type)) {
                attributes.put(attribute, Aliases.targets(attribute));
            }
            known.put(type, attributes);
        }
        return attributes;
    }

    private static List<ExecutableElement> sorted(TypeElement type) {
        return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .sorted(Comparator.comparing(
                        attribute -> attribute.getSimpleName().toString()))
                .toList();
    }
}
