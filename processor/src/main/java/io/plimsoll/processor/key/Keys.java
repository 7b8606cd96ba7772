package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;

/** Writes key expressions into companions, for every feature the same. */
public final class Keys {

    private Keys() {}

    /**
     * Java code that makes the {@link io.plimsoll.companion.CompiledExpression} of an attribute; {@code null} if the
     * attribute is empty. An expression that is refused becomes code that says so when it is evaluated: the build has
     * switched the rule off.
     */
    public static CodeBlock code(
            Merged annotation, String attribute, ExecutableElement method, Compilation compilation) {
        AnnotationValue value = annotation.value(attribute);
        return value != null && value.getValue() instanceof String text && !text.isEmpty()
                ? CompiledKey.of(text, method, compilation).code()
                : CodeBlock.of("null");
    }
}
