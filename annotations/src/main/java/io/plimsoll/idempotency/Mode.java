package io.plimsoll.idempotency;

/** How the promise of {@link Idempotent} is kept. */
public enum Mode {

    /** What the store in use does best: {@link #TRANSACTIONAL} on a JDBC database. */
    AUTO,

    /**
     * Claim and outcome are rows of the business transaction: they commit with the work or not at all. Survives every
     * crash without a clock or a lease.
     */
    TRANSACTIONAL
}
