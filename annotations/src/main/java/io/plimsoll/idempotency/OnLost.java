package io.plimsoll.idempotency;

/** What a call does that finds the claim of a holder that has fallen silent: its process died, or it hangs. */
public enum OnLost {

    /**
     * It ends with {@link OutcomeUnknownException}, and so does every later call with the key, until somebody says what
     * became of the first one: {@link Idempotent#recover()}, or a person.
     */
    UNKNOWN,

    /**
     * It runs the method again. Only for work that does no harm if it is done twice: what the lost call has already
     * done, it has done.
     */
    RERUN
}
