package io.plimsoll.spring.weaving;

/** A promise that cannot be kept: the application does not start. */
public final class BrokenPromiseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    /**
     * @param description what is wrong and why it hurts, with class, method and attribute
     * @param action what to do about it
     */
    public BrokenPromiseException(String description, String action) {
        super(description + " " + action);
        this.description = description;
        this.action = action;
    }

    String description() {
        return description;
    }

    String action() {
        return action;
    }
}
