package io.plimsoll.spring.idempotency;

import org.jspecify.annotations.Nullable;

/** The work itself. */
@FunctionalInterface
interface Body {

    @Nullable
    Object proceed() throws Throwable;
}
