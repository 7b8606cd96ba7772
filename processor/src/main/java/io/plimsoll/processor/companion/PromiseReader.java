package io.plimsoll.processor.companion;

import io.plimsoll.companion.PromiseText;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.RuntimeNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Prints promises exactly as the starter prints what it finds by reflection. */
final class PromiseReader {

    private final RuntimeNames names;

    PromiseReader(RuntimeNames names) {
        this.names = names;
    }

    String text(List<Merged> promises) {
        Map<String, Map<String, Object>> values = new LinkedHashMap<>();
        promises.forEach(promise -> values.put(names.binaryName(promise.type()), attributes(promise)));
        return PromiseText.of(values);
    }

    private Map<String, Object> attributes(Merged promise) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (ExecutableElement attribute :
                ElementFilter.methodsIn(promise.type().getEnclosedElements())) {
            String name = attribute.getSimpleName().toString();
            AnnotationValue value = promise.value(name);
            if (value != null) {
                Object plain = plain(value);
                // A single value may override an array: Spring wraps it.
                boolean wrap = attribute.getReturnType().getKind() == TypeKind.ARRAY && !(plain instanceof List);
                attributes.put(name, wrap ? List.of(plain) : plain);
            }
        }
        return attributes;
    }

    private Object plain(AnnotationValue value) {
        Object content = value.getValue();
        if (content instanceof VariableElement constant) {
            return new ConstantName(constant.getSimpleName().toString());
        }
        if (content instanceof TypeMirror type) {
            return names.className(type);
        }
        if (content instanceof AnnotationMirror nested) {
            return attributes(Merged.of(nested));
        }
        if (content instanceof List<?> items) {
            return items.stream().map(item -> plain((AnnotationValue) item)).toList();
        }
        return content;
    }

    /** The constant of an enum: printed without quotes, which a string would get. */
    private record ConstantName(String name) {

        @Override
        public String toString() {
            return name;
        }
    }
}
