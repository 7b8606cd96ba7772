package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.IdempotencyException;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.OutcomeUnknownException;

/** Counts how the calls of a method end. Thread-safe. */
@FunctionalInterface
interface CallMeter {

    CallMeter NONE = (method, result) -> {};

    void count(IdempotentMethod method, Result result);

    /** How a call ended. */
    enum Result {

        /** The method ran, and its outcome is recorded. */
        EXECUTED,

        /** The method failed, or the transaction around it rolled back. */
        FAILED,

        /** The answer of an earlier call was given. */
        REPLAYED,

        /** Another call with the key is running. */
        IN_FLIGHT,

        /** The key belongs to another payload. */
        KEY_REUSED,

        /** It is not known whether the call has had an effect. */
        UNKNOWN,

        /** For another reason: no key, no database, an answer that was not kept. */
        REFUSED;

        static Result of(IdempotencyException refusal) {
            if (refusal instanceof CallInFlightException) {
                return IN_FLIGHT;
            }
            if (refusal instanceof KeyReusedException) {
                return KEY_REUSED;
            }
            return refusal instanceof OutcomeUnknownException ? UNKNOWN : REFUSED;
        }
    }
}
