package io.plimsoll.idempotency;

/**
 * The first call with this key failed, but its transaction committed: it may have had an effect, so it is not run
 * again. Over HTTP: 409, {@code idempotency_call_failed}.
 */
public final class CallFailedException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    /** @param failure the class of what the first call threw, as {@code com.acme.OutOfStockException} */
    public CallFailedException(String method, String failure) {
        super(
                "idempotency_call_failed",
                method,
                "The first call of " + method + " with this key threw " + failure
                        + " and committed; it is not run again");
    }
}
