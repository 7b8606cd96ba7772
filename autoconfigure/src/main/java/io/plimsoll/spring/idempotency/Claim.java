package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import org.jspecify.annotations.Nullable;

/** What a store says to a call that wants to run. */
sealed interface Claim {

    /** The call is the first one with its key: it may run. */
    record Granted() implements Claim {}

    /** A call with this key is running, in a transaction that cannot be looked into. */
    record InFlight() implements Claim {}

    /**
     * A call with this key has run.
     *
     * @param outcome null if it has left none, against all rules
     * @param expired whether its time is over, so that the key is free again
     */
    record Recorded(Fingerprint fingerprint, byte @Nullable [] outcome, boolean expired) implements Claim {}

    Granted GRANTED = new Granted();
    InFlight IN_FLIGHT = new InFlight();
}
