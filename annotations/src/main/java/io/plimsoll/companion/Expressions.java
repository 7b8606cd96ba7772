package io.plimsoll.companion;

import org.jspecify.annotations.Nullable;

/** What generated {@link CompiledExpression}s call. Stateless and thread-safe. */
public final class Expressions {

    private Expressions() {}

    /**
     * The value, if there is one.
     *
     * @param source where the value comes from, as it is written in the expression
     * @throws NullValueException if the value is null
     */
    public static <T> T nonNull(@Nullable T value, String source) {
        if (value == null) {
            throw new NullValueException(source);
        }
        return value;
    }
}
