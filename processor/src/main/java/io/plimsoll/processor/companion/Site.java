package io.plimsoll.processor.companion;

import io.plimsoll.companion.CompiledExpression;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes a {@link io.plimsoll.companion.CompiledSite}.
 *
 * @param facts the very objects that the companion is to make: records of texts, numbers, booleans, constants of enums,
 *     {@link io.plimsoll.companion.CompiledDuration}s, and {@link ExpressionSource}s in place of expressions
 */
record Site(String id, String seen, List<Record> facts) {

    /** Whether a companion needs Java: all else is data. */
    boolean hasExpressions() {
        return facts.stream()
                .flatMap(fact -> components(fact).stream())
                .anyMatch(value -> value instanceof CompiledExpression);
    }

    /** The values of a record, in the order of its constructor. */
    static List<@Nullable Object> components(Record fact) {
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            try {
                values.add(component.getAccessor().invoke(fact));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(fact.getClass() + " is not public", e);
            }
        }
        return values;
    }
}
