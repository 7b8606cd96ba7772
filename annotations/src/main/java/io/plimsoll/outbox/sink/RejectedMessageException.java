package io.plimsoll.outbox.sink;

/** A message will never get through, however often it is tried. Its text has no key and nothing of the payload in it. */
public final class RejectedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RejectedMessageException(String message) {
        super(message);
    }
}
