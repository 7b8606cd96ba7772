package io.plimsoll.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link Idempotent#recover()} method found out about a call whose outcome was unknown. Immutable.
 *
 * @param <R> what the idempotent method returns; {@link Void} for a method that returns nothing
 */
public final class Recovered<R> {

    /** What is known by now. */
    public enum State {

        /** The call had its effect, and this is its answer. */
        ANSWERED,

        /** The call certainly had no effect. */
        NOT_EXECUTED,

        /** It still cannot be told. */
        UNKNOWN
    }

    private final State state;
    private final @Nullable R answer;

    private Recovered(State state, @Nullable R answer) {
        this.state = state;
        this.answer = answer;
    }

    /** The call had its effect: this is recorded as its answer, and given. */
    public static <R> Recovered<R> answer(@Nullable R answer) {
        return new Recovered<>(State.ANSWERED, answer);
    }

    /** The call certainly had no effect, and never will have: the method runs now, under the same claim. */
    public static <R> Recovered<R> notExecuted() {
        return new Recovered<>(State.NOT_EXECUTED, null);
    }

    /** It still cannot be told: the caller gets an {@link OutcomeUnknownException}, and the next call asks again. */
    public static <R> Recovered<R> unknown() {
        return new Recovered<>(State.UNKNOWN, null);
    }

    public State state() {
        return state;
    }

    /** The answer; null unless {@link State#ANSWERED}, and then as well if the answer is null. */
    public @Nullable R answer() {
        return answer;
    }
}
