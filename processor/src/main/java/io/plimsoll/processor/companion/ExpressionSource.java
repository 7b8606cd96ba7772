package io.plimsoll.processor.companion;

import com.palantir.javapoet.CodeBlock;
import io.plimsoll.companion.CompiledExpression;

/**
 * Stands for an expression in a fact until the companion is written.
 *
 * @param code a Java expression that makes the {@link CompiledExpression}
 */
public record ExpressionSource(CodeBlock code) implements CompiledExpression {

    @Override
    public Object evaluate(Object[] arguments) {
        throw new UnsupportedOperationException("not compiled yet");
    }
}
