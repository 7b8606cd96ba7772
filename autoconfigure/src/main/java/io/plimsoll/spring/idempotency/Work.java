package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Recovered;

/** What a call does once it may, at most once per attempt. */
interface Work extends Body {

    /** Finds out what became of an earlier call. Asked only of a method that has named how. */
    Recovered<?> recover() throws Throwable;
}
