package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers a spent budget with a {@link TimeoutProblem}.
 *
 * <p>At order 0 it comes before an application's catch-all; an application that wants another answer declares its own
 * advice with a lower order.
 */
@Order(0)
@RestControllerAdvice
final class TimeoutProblemAdvice {

    private final TimeoutProblem problem;

    TimeoutProblemAdvice(TimeoutProblem problem) {
        this.problem = problem;
    }

    @ExceptionHandler(TimeoutExceededException.class)
    ProblemDetail timeoutExceeded(TimeoutExceededException e) {
        return problem.of(e);
    }
}
