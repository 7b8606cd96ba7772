package io.plimsoll.timeout;

import io.plimsoll.companion.DurationParser;
import java.time.Duration;

/**
 * A call did not end within its budget. What had not begun to commit was rolled back.
 *
 * <p>Over HTTP it becomes a problem detail with status 504 and the code {@code timeout_exceeded}. The failure that the
 * cancelled work reported, if any, is the {@linkplain #getCause() cause}.
 */
public class TimeoutExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration budget;
    private final Duration elapsed;
    private final String method;
    private final String activity;

    /**
     * @param budget what was allowed
     * @param elapsed what was spent when the call was cut
     * @param method the method whose budget it was, as {@code com.acme.OrderService.place}
     * @param activity what the call was doing, as {@code a JDBC statement}; never data
     */
    public TimeoutExceededException(Duration budget, Duration elapsed, String method, String activity) {
        super("The budget of " + DurationParser.format(budget) + " set by " + method + " was exceeded: cut after "
                + DurationParser.format(elapsed) + ", in " + activity);
        this.budget = budget;
        this.elapsed = elapsed;
        this.method = method;
        this.activity = activity;
    }

    public Duration budget() {
        return budget;
    }

    public Duration elapsed() {
        return elapsed;
    }

    /** The method whose budget it was: under nested budgets the one with the least time left. */
    public String method() {
        return method;
    }

    /** What the call was doing when it was cut: a JDBC statement, or the application's own code. */
    public String activity() {
        return activity;
    }
}
