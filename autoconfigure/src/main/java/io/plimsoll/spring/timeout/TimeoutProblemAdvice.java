package io.plimsoll.spring.timeout;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.timeout.TimeoutExceededException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers a spent budget with an RFC 9457 problem: status 504, code {@code timeout_exceeded}.
 *
 * <p>At order 0 it comes before an application's catch-all; an application that wants another answer declares its own
 * advice with a lower order.
 */
@Order(0)
@RestControllerAdvice
final class TimeoutProblemAdvice {

    @ExceptionHandler(TimeoutExceededException.class)
    ProblemDetail timeoutExceeded(TimeoutExceededException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.GATEWAY_TIMEOUT,
                "The request did not finish within its time budget of " + DurationParser.format(e.budget()) + ".");
        problem.setProperty("code", "timeout_exceeded");
        return problem;
    }
}
