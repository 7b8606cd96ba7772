package io.plimsoll.timeout;

import io.plimsoll.companion.DurationParser;
import java.time.Duration;

/**
 * A commit that had begun within the budget did not end within the commit timeout, and its connection was aborted.
 * <strong>Whether it took effect is unknown</strong>: look before you repeat the call, or make it idempotent.
 *
 * <p>Over HTTP it becomes a problem detail with status 504 and the code {@code commit_outcome_unknown}.
 */
public class CommitOutcomeUnknownException extends TimeoutExceededException {

    private static final long serialVersionUID = 1L;

    private final Duration commitTimeout;

    /**
     * @param commitTimeout how long the commit was given
     * @param budget the budget of the call
     * @param elapsed what was spent when the commit was broken off
     * @param method the method whose budget it was
     */
    public CommitOutcomeUnknownException(Duration commitTimeout, Duration budget, Duration elapsed, String method) {
        super(
                "A commit under the budget of " + DurationParser.format(budget) + " set by " + method
                        + " did not end within the commit timeout of " + DurationParser.format(commitTimeout)
                        + ", and its connection was aborted: whether it took effect is unknown",
                budget,
                elapsed,
                method,
                "jdbc",
                "a commit");
        this.commitTimeout = commitTimeout;
    }

    public Duration commitTimeout() {
        return commitTimeout;
    }
}
