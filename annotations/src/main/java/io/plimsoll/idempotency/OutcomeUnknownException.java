package io.plimsoll.idempotency;

/**
 * Nobody can tell whether the call had its effect: the connection was lost while it committed, and the database did not
 * tell afterwards. It was not run a second time; a later call with the same key finds out. Over HTTP: 409, {@code
 * idempotency_outcome_unknown}.
 */
public final class OutcomeUnknownException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String method, Throwable cause) {
        super(
                "idempotency_outcome_unknown",
                method,
                "It is not known whether a call of " + method + " has committed; call again with the same key",
                cause);
    }

    public OutcomeUnknownException(String method) {
        super(
                "idempotency_outcome_unknown",
                method,
                "A call of " + method + " with this key has left no outcome; it is not run again");
    }
}
