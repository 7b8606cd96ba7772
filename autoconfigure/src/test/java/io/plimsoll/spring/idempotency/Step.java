package io.plimsoll.spring.idempotency;

/** Where a call can be stopped, in the order in which it gets there. */
enum Step {
    BEFORE_CLAIM,
    AFTER_CLAIM,

    /** The business row is written. */
    IN_METHOD,

    /** The method has returned. */
    BEFORE_OUTCOME,
    AFTER_OUTCOME,
    BEFORE_COMMIT,
    AFTER_COMMIT,

    /** The caller has its answer, and has told nobody. */
    BEFORE_ANSWER;

    boolean isAfterTheCommit() {
        return compareTo(AFTER_COMMIT) >= 0;
    }

    /** Is told on the thread of the call, which goes on when it returns. */
    @FunctionalInterface
    interface Listener {

        Listener NONE = step -> {};

        void reached(Step step);
    }
}
