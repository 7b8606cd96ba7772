package io.plimsoll.companion;

/**
 * In place of an expression that the compiler could not compile, while the rule that says so is switched off or something
 * it names was not generated yet. The starter refuses it when the application starts.
 *
 * @param expression as it is written
 * @param problem what is wrong with it
 */
public record RefusedExpression(String expression, String problem) implements CompiledExpression {

    /** @throws IllegalStateException always */
    @Override
    public Object evaluate(Object[] arguments) {
        throw new IllegalStateException("The key expression \"" + expression + "\" was not compiled: " + problem);
    }
}
