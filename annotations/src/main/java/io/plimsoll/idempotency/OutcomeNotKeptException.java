package io.plimsoll.idempotency;

/**
 * The first call with this key succeeded, but its answer could not be kept: it was too long, or could not be written as
 * JSON and read back. It is not run again. Over HTTP: 409, {@code idempotency_outcome_not_kept}.
 */
public final class OutcomeNotKeptException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    public OutcomeNotKeptException(String method) {
        super(
                "idempotency_outcome_not_kept",
                method,
                "A call of " + method + " with this key has ended, but its answer was not kept");
    }
}
