package io.plimsoll.sample.problem;

/** A value that is well formed but makes no sense; answered as a failed validation of that field. */
public final class InvalidFieldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param message for people; shown to the caller */
    public InvalidFieldException(String field, String message) {
        super(message);
        this.field = field;
    }

    InvalidField field() {
        return new InvalidField(field, String.valueOf(getMessage()));
    }
}
