package io.plimsoll.spring.timeout;

/** Is told of each request that came with a budget, when it has ended. */
interface WireReport {

    WireReport NONE = late -> {};

    /** @param late whether it ended after its caller had stopped waiting */
    void ended(boolean late);
}
