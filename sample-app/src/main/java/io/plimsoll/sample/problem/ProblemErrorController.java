package io.plimsoll.sample.problem;

import io.plimsoll.timeout.NoTimeout;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for everything that nobody handled, without a word about what went wrong inside: that is in the log. */
@RestController
@NoTimeout(reason = "only renders what has failed already")
class ProblemErrorController implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    public ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        HttpStatus status = status(request);
        String detail = status.is5xxServerError()
                ? "Something went wrong on our side."
                : "The request cannot be answered: " + status.getReasonPhrase() + ".";
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.of(status, Problems.code(status), detail));
    }

    private static HttpStatus status(HttpServletRequest request) {
        // Absent if somebody asks for the error page itself.
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.valueOf(code)
                : HttpStatus.NOT_FOUND;
    }
}
