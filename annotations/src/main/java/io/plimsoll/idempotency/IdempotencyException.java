package io.plimsoll.idempotency;

/**
 * A call that {@link Idempotent} did not let through. Unless a subclass says otherwise, the method has not run.
 *
 * <p>Over HTTP it becomes a problem detail with the {@link #code()}. The message names the method, never a key or a
 * payload.
 */
public abstract class IdempotencyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String method;

    IdempotencyException(String code, String method, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.method = method;
    }

    IdempotencyException(String code, String method, String message) {
        super(message);
        this.code = code;
        this.method = method;
    }

    /** What happened, for machines: {@code idempotency_key_missing}. It never changes. */
    public final String code() {
        return code;
    }

    /** The idempotent method, as {@code com.acme.OrderService.place}. */
    public final String method() {
        return method;
    }
}
