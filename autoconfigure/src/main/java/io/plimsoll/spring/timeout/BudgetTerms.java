package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a budget ends and who set it: what of a budget may go to other threads, for those who integrate a client that
 * works there. Thread-safe.
 */
public interface BudgetTerms {

    /** What a deadline comes to; null for none, for one that no budget has set, and for one that is not Plimsoll's. */
    static @Nullable BudgetTerms of(@Nullable Deadline deadline) {
        Terms terms = Watchdog.terms(deadline);
        return terms == null || terms.isCap() ? null : terms;
    }

    /** Nanoseconds until the deadline; zero or less once it has passed. */
    long remainingNanos();

    /** As {@link CallBudget#watch}, for work that runs under these terms on no thread of its own. */
    void watch(CancelHandle handle, BooleanSupplier done);

    /**
     * The failure of a call that was cut.
     *
     * @param kind {@link CancelHandle#kind()}
     * @param activity {@link CancelHandle#activity()}
     */
    TimeoutExceededException exceeded(String kind, String activity);
}
