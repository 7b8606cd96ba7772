package io.plimsoll.companion;

/**
 * A key expression as the compiler left it: plain Java over the arguments of the annotated method. Stateless,
 * thread-safe, free of reflection.
 */
@FunctionalInterface
public interface CompiledExpression {

    /**
     * Evaluates the expression.
     *
     * <p>The value is of a type whose equality is stable across processes: a string, a character, a boolean, an integral
     * number ({@link java.math.BigInteger} included), a {@link java.util.UUID}, an enum, a type of {@code java.time},
     * or a {@link java.util.List} of such values, nested at will. A composite key {@code {#a, #b}} is a list of its
     * parts, a record a list of its components in their order. A value is never null.
     *
     * <p>Where {@link KeyExpression#stable()} is false it is any object, and null if what the expression leads to is.
     *
     * @param arguments of the annotated method, in order, and behind them what {@link KeyExpression#variables()} names;
     *     on a type the event alone. Not kept
     * @throws NullValueException if something on the way is null and the expression does not provide for it
     */
    Object evaluate(Object[] arguments);
}
