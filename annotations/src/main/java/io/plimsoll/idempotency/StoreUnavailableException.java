package io.plimsoll.idempotency;

/**
 * The database of the store did not answer, so nobody knows whether the key was used before. Over HTTP: 503, {@code
 * idempotency_store_unavailable}.
 */
public final class StoreUnavailableException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String method, Throwable cause) {
        super(
                "idempotency_store_unavailable",
                method,
                "The idempotency store did not answer, so " + method + " was not called",
                cause);
    }
}
