package io.plimsoll.idempotency;

/**
 * The body of a request is longer than what is compared under one key. Over HTTP: 413, {@code
 * idempotency_request_too_large}.
 */
public final class RequestTooLargeException extends IdempotencyException {

    private static final long serialVersionUID = 1L;

    public RequestTooLargeException(String method, long limitInBytes) {
        super(
                "idempotency_request_too_large",
                method,
                "The body of a request to " + method + " is longer than " + limitInBytes + " bytes");
    }
}
