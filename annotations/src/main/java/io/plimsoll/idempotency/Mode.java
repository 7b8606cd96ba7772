package io.plimsoll.idempotency;

/** How the promise of {@link Idempotent} is kept. */
public enum Mode {

    /** What the store in use does best: {@link #TRANSACTIONAL} on a JDBC database, {@link #LEASE} on any other. */
    AUTO,

    /**
     * Claim and outcome are rows of the business transaction: they commit with the work or not at all. Survives every
     * crash without a clock or a lease.
     */
    TRANSACTIONAL,

    /**
     * The claim is a record with an owner and a {@linkplain Idempotent#lease() lease}, made before the method runs and
     * completed after it. Holds no transaction while the method runs, so it is for work that waits for others - a
     * payment, a print job - and the only mode on a store that is not the business database, such as Redis.
     *
     * <p>A holder that dies leaves a claim whose outcome nobody knows; see {@link Idempotent#onLost()}.
     */
    LEASE
}
