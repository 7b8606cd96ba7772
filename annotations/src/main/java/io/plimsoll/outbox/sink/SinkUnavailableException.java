package io.plimsoll.outbox.sink;

/** The receiver as a whole cannot be reached; that says nothing of a message. */
public final class SinkUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SinkUnavailableException(String message) {
        super(message);
    }
}
