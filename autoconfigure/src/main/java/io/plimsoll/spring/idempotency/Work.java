package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Recovered;
import org.jspecify.annotations.Nullable;

/** What a call does once it may, at most once per attempt. */
interface Work {

    @Nullable
    Object proceed() throws Throwable;

    /** Finds out what became of an earlier call. Asked only of a method that has named how. */
    Recovered<?> recover() throws Throwable;
}
