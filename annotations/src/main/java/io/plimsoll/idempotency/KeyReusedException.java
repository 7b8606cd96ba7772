package io.plimsoll.idempotency;

/**
 * A key that belongs to another call came again with another payload. Over HTTP: 409 (or 422, by setting), {@code
 * idempotency_key_reused}.
 */
public final class KeyReusedException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    public KeyReusedException(String method) {
        super(
                "idempotency_key_reused",
                method,
                "The key of a call of " + method + " was already used for a call with another payload");
    }
}
