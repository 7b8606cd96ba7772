package io.plimsoll.companion;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Prints promises as text that comes out the same in the compiler, which sees mirrors, and at start-up, which sees
 * reflection: {@code @io.plimsoll.timeout.Timeout(interrupt=true, value="2s")}. Stateless and thread-safe.
 */
public final class PromiseText {

    private PromiseText() {}

    /**
     * Prints all promises of one element.
     *
     * @param promises attribute values, defaults included, by the name of the annotation type
     */
    public static String of(Map<String, Map<String, Object>> promises) {
        StringJoiner text = new StringJoiner(" ");
        new TreeMap<>(promises).forEach((type, values) -> text.add("@" + type + attributes(values)));
        return text.toString();
    }

    private static String attributes(Map<?, ?> values) {
        TreeMap<String, String> sorted = new TreeMap<>();
        values.forEach((name, value) -> sorted.put(String.valueOf(name), value(value)));
        StringJoiner text = new StringJoiner(", ", "(", ")");
        sorted.forEach((name, value) -> text.add(name + "=" + value));
        return text.toString();
    }

    /** Strings and class names are quoted; everything else, the compiler's own name objects included, is not. */
    private static String value(Object value) {
        if (value instanceof String string) {
            return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Map<?, ?> nested) {
            return attributes(nested);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(PromiseText::value).toList().toString();
        }
        if (value.getClass().isArray()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                values.add(Array.get(value, i));
            }
            return value(values);
        }
        return value.toString();
    }
}
