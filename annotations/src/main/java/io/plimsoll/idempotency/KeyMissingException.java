package io.plimsoll.idempotency;

/** A call came without the key that its method needs. Over HTTP: 400, {@code idempotency_key_missing}. */
public final class KeyMissingException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    /** @param missing what is not there: {@code the Idempotency-Key header}, {@code #order.id} */
    public KeyMissingException(String method, String missing) {
        super("idempotency_key_missing", method, method + " needs a key, and " + missing + " is missing");
    }
}
