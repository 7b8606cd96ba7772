package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The budget that the current thread runs under: the door for those who integrate a client - of a broker, of a cloud
 * service - so that its calls end with the budget. Plimsoll's own integrations use the same.
 *
 * <pre>{@code
 * CallBudget budget = CallBudget.current();
 * Answer answer = budget == null ? client.send(request) : budget.call(handle, () -> client.send(request));
 * }</pre>
 *
 * <p>Confined to its thread. Another thread is given {@link #terms()}.
 */
public interface CallBudget {

    /** The budget of the current thread, or null if it runs under none. */
    static @Nullable CallBudget current() {
        return Budget.ofThread();
    }

    /** What may be handed to other threads. */
    BudgetTerms terms();

    /** Nanoseconds until the deadline; zero or less once it has passed. */
    long remainingNanos();

    /**
     * Refuses a call that is about to begin, if the budget is spent.
     *
     * @throws TimeoutExceededException if it is
     */
    void check();

    /**
     * Makes a blocking call that the budget can end: at the deadline the handle is cancelled, and a grace period later
     * aborted. Returns only when no cancel is under way, so nothing touches the call or its thread afterwards.
     *
     * @param handle made once per call or per connection, not shared by threads
     * @throws TimeoutExceededException before the call is begun, if the budget is spent
     */
    <T extends @Nullable Object, E extends Exception> T call(CancelHandle handle, Work<T, E> work) throws E;

    /**
     * Says that a call is under way elsewhere - on the threads of its client - for which the current thread may wait.
     * If the deadline comes while the thread is in its own code and the call is not done, the call is cancelled and
     * named. The last one that was stated counts; it is left to the deadlines of budgets around this one and of this one
     * itself, not to those of budgets within.
     *
     * @param done asked by other threads; one that throws counts as done
     */
    void watch(CancelHandle handle, BooleanSupplier done);

    /** A blocking call. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, E extends Exception> {

        T run() throws E;
    }
}
