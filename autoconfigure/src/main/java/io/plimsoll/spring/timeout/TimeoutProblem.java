package io.plimsoll.spring.timeout;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.timeout.CommitOutcomeUnknownException;
import io.plimsoll.timeout.TimeoutExceededException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Makes RFC 9457 problems of spent budgets: status 504, with a {@code code}. */
final class TimeoutProblem {

    /** How much of it a client is told. */
    enum Detail {
        /** Also who set the budget, what was spent, and the call it was spent in. */
        FULL,
        /** The budget alone, for clients that must not learn how the service is built. */
        BRIEF
    }

    private final Detail detail;

    TimeoutProblem(Detail detail) {
        this.detail = detail;
    }

    ProblemDetail of(TimeoutExceededException e) {
        String budget = DurationParser.format(e.budget());
        boolean unknown = e instanceof CommitOutcomeUnknownException;
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.GATEWAY_TIMEOUT,
                unknown
                        ? "The request did not end in time while it was committing. It is not known whether it took effect."
                        : "The request did not finish within its time budget of " + budget + ".");
        problem.setProperty("code", unknown ? "commit_outcome_unknown" : "timeout_exceeded");
        problem.setProperty("budget", budget);
        if (detail == Detail.FULL) {
            problem.setProperty("setBy", withoutPackage(e.method()));
            problem.setProperty("elapsed", DurationParser.format(e.elapsed()));
            problem.setProperty("in", e.activity());
        }
        return problem;
    }

    /** {@code OrderService.place} of {@code com.acme.OrderService.place}. */
    private static String withoutPackage(String method) {
        int type = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
        return method.substring(type + 1);
    }
}
