package io.plimsoll.idempotency;

/**
 * Nobody can tell whether the call had its effect: its connection was lost while it committed, its holder died, or it was
 * cut off in the middle of its work. It was not run a second time; a later call with the same key finds out, or gets the
 * same answer until somebody does. Over HTTP: 409, {@code idempotency_outcome_unknown}.
 *
 * <p>A method in {@link Mode#LEASE} may throw it itself, to say that it does not know whether it has had its effect.
 */
public final class OutcomeUnknownException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String method, Throwable cause) {
        super(
                "idempotency_outcome_unknown",
                method,
                "It is not known whether a call of " + method + " has had its effect; call again with the same key",
                cause);
    }

    public OutcomeUnknownException(String method) {
        super(
                "idempotency_outcome_unknown",
                method,
                "A call of " + method + " with this key has left no outcome; it is not run again");
    }
}
