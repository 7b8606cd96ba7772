package io.plimsoll.timeout;

import io.plimsoll.companion.DurationParser;
import java.time.Duration;

/**
 * A call did not end within its budget. What had not begun to commit was rolled back.
 *
 * <p>Over HTTP it becomes a problem detail with status 504 and the code {@code timeout_exceeded}. The failure that the
 * cancelled work reported, if any, is the {@linkplain #getCause() cause}.
 *
 * @see CommitOutcomeUnknownException
 */
public class TimeoutExceededException extends RuntimeException {

    private static final long serialVersionUID = 2L;

    private final Duration budget;
    private final Duration elapsed;
    private final String method;
    private final String kind;
    private final String activity;

    /**
     * @param budget what was allowed
     * @param elapsed what was spent when the call was cut
     * @param method the method whose budget it was, as {@code com.acme.OrderService.place}
     * @param kind the sort of call it was in, as {@code jdbc}, {@code http}, {@code redis} or {@code code}
     * @param activity what the call was doing, as {@code a JDBC statement}; may name a host, never data
     */
    public TimeoutExceededException(Duration budget, Duration elapsed, String method, String kind, String activity) {
        this(
                "The budget of " + DurationParser.format(budget) + " set by " + method + " was exceeded: cut after "
                        + DurationParser.format(elapsed) + ", in " + activity,
                budget,
                elapsed,
                method,
                kind,
                activity);
    }

    TimeoutExceededException(
            String message, Duration budget, Duration elapsed, String method, String kind, String activity) {
        super(message);
        this.budget = budget;
        this.elapsed = elapsed;
        this.method = method;
        this.kind = kind;
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

    /**
     * The sort of call that was cut: {@code jdbc}, {@code http}, {@code redis}, {@code code} for one's own, or {@code async}
     * for what goes on after its method has returned.
     */
    public String kind() {
        return kind;
    }

    /** What the call was doing when it was cut: a JDBC statement, an HTTP call to a host, the application's own code. */
    public String activity() {
        return activity;
    }
}
