package io.plimsoll.spring.idempotency;

/** Carries "another call holds the key" out through the transaction, which it rolls back. Has no stack trace. */
final class InFlightSignal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InFlightSignal(IdempotentMethod method) {
        super("Another call of " + method.name() + " with the same key is running", null, false, false);
    }
}
