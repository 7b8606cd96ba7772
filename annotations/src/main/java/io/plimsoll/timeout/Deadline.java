package io.plimsoll.timeout;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The deadline that the current call runs under: the nearest of all budgets around it.
 *
 * <p>Code that loops or waits in a way that no interrupt reaches calls {@link #check()} now and then; code that hands
 * work to a system with a timeout of its own passes {@link #remaining()}.
 *
 * <p>An instance may be handed to other threads and outlive its call; time is {@link System#nanoTime()}, so a change of
 * the wall clock does not touch it. Only Plimsoll extends this class.
 */
public abstract class Deadline {

    private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    protected Deadline() {}

    /** The deadline of the current thread, or empty if no budget is set. */
    public static Optional<Deadline> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** How much time is left; zero once it is spent, never negative. */
    public abstract Duration remaining();

    /**
     * Ends the call if its time is spent.
     *
     * @throws TimeoutExceededException if nothing is left; let it pass, the promise is already broken
     */
    public abstract void check();

    /**
     * Says that the rest of this task is no longer part of the call that started it: an e-mail that may take longer than
     * the request it follows from. Ends the reach of a budget that came to this thread with the task - through
     * {@code @Async} or an executor - and leaves alone what was set on this thread: the task's own {@link Timeout}, which
     * rules from then on.
     */
    public static void detach() {
        Deadline deadline = CURRENT.get();
        if (deadline != null) {
            deadline.detachCarried();
        }
    }

    /** Does nothing unless the deadline was carried to the current thread. */
    protected void detachCarried() {}

    protected static @Nullable Deadline bound() {
        return CURRENT.get();
    }

    protected static void bind(@Nullable Deadline deadline) {
        CURRENT.set(deadline);
    }
}
