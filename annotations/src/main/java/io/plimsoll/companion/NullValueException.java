package io.plimsoll.companion;

/**
 * Something in a key expression was null. A key with a hole would fall together with the keys of other calls, so there
 * is no value; an expression that means to allow null says so with {@code ?.}, {@code ?:} or a comparison.
 */
public final class NullValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String expression;

    /** @param expression the part that was null, as it is written: {@code #order.customer} */
    public NullValueException(String expression) {
        super(expression + " is null", null, false, false);
        this.expression = expression;
    }

    /** The part that was null, as it is written: {@code #order.customer}. */
    public String expression() {
        return expression;
    }
}
