package io.plimsoll.processor.key;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.processor.companion.ExpressionSource;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Compiles key expressions for companions, for every feature the same. */
public final class Keys {

    private Keys() {}

    /**
     * The expression of an attribute; null if the attribute is empty. An expression that is refused becomes one that says
     * so when it is evaluated: the build has switched the rule off.
     *
     * @param site the method, or the type, that carries the annotation
     */
    public static @Nullable CompiledExpression compile(
            Merged annotation, String attribute, Element site, Compilation compilation) {
        AnnotationValue value = annotation.value(attribute);
        return value != null && value.getValue() instanceof String text && !text.isEmpty()
                ? new ExpressionSource(CompiledKey.of(text, annotation, attribute, site, compilation)
                        .code())
                : null;
    }
}
