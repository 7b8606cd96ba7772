package io.plimsoll.idempotency.store;

/** What an {@link IdempotencyStore} says to a call that wants to run. */
public sealed interface LeaseClaim {

    /**
     * The claim is made: the call may run.
     *
     * @param fencingToken larger than that of any claim that was made on the record before
     */
    record Granted(long fencingToken) implements LeaseClaim {}

    /** Another call holds the claim, and has been heard of within its lease. */
    record Running(Fingerprint fingerprint) implements LeaseClaim {}

    /**
     * Nobody knows what became of the call that held the claim: it has fallen silent, or has ended without knowing. Nobody
     * holds the claim, and whoever held it last can do nothing to the record any more.
     */
    record Unknown(Fingerprint fingerprint) implements LeaseClaim {}

    /** A call has run, and this is what it left. */
    record Recorded(Fingerprint fingerprint, byte[] outcome) implements LeaseClaim {}
}
