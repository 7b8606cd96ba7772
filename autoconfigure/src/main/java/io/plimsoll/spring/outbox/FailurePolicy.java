package io.plimsoll.spring.outbox;

/** What becomes of an event that was tried too often, or that will never get through. */
enum FailurePolicy {

    /**
     * It is tried for ever, and its key waits. One that will never get through is given up, and its key with it, as by {@link
     * #PARK_KEY_TAIL}.
     */
    BLOCK_KEY,

    /** It is given up, and with it all later ones of its key, in their order, until somebody decides. */
    PARK_KEY_TAIL,

    /** It is given up alone; later ones of its key are delivered without it. */
    SKIP
}
