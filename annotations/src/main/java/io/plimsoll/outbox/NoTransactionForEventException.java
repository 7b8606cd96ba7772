package io.plimsoll.outbox;

/** An event was published outside of a transaction: it could outlive a rollback of what it tells of, or be lost with it. */
public final class NoTransactionForEventException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public NoTransactionForEventException(String message) {
        super(message);
    }
}
