package io.plimsoll.spring.timeout;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A call that is under way on the threads of its client. */
record InFlight(CancelHandle handle, BooleanSupplier done) {

    /** How to end it; null if it is done, or there is none. */
    static @Nullable CancelHandle handleOf(@Nullable InFlight call) {
        return call == null || call.done.getAsBoolean() ? null : call.handle;
    }
}
