package io.plimsoll.spring.timeout;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that is under way on the threads of its client.
 *
 * @param budget the innermost of the thread that said so; null if it runs under terms without a thread
 */
record InFlight(
        CancelHandle handle, BooleanSupplier done, @Nullable Budget budget) {

    /** How to end it; null if it is done, or there is none. */
    static @Nullable CancelHandle handleOf(@Nullable InFlight call) {
        return call == null || call.isDone() ? null : call.handle;
    }

    /** One that cannot say whether it is done is left alone: the waiting thread is cut all the same. */
    private boolean isDone() {
        try {
            return done.getAsBoolean();
        } catch (RuntimeException e) {
            return true;
        }
    }

    /** Whether it is a call of that budget, or of one within it: those around it have their own deadlines. */
    boolean isWithin(Budget wanted) {
        return budget != null && budget.isWithin(wanted);
    }
}
