package io.plimsoll.idempotency;

/** A key cannot be used as it was sent. Over HTTP: 400, {@code idempotency_key_invalid}. */
public final class InvalidKeyException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong with it, without the key: {@code is longer than 255 characters} */
    public InvalidKeyException(String method, String problem) {
        super("idempotency_key_invalid", method, "The key of a call of " + method + " " + problem);
    }
}
