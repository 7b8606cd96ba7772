package io.plimsoll.spring.idempotency;

import org.jspecify.annotations.Nullable;

/** Where the calls of one method come from: plain Java, or a request. Thread-safe. */
interface CallSource {

    /**
     * Which call this is.
     *
     * @throws io.plimsoll.idempotency.IdempotencyException if it has no key, or one that cannot be used
     */
    Identity identify(Object[] arguments);

    /** What the method set on its response by hand; null if there is nothing to keep, or no response. */
    default @Nullable ResponseHead responseHead() {
        return null;
    }

    /** The answer that is about to be given is a recorded one. Of interest to others than the caller, who gets it. */
    default void replaying(@Nullable ResponseHead head) {}
}
