package io.plimsoll.sample.problem;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Gives every refusal a code: the shop's own and those of Spring MVC. What nobody expected goes to the error page. */
@RestControllerAdvice
final class ShopExceptionHandler extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ProblemDetail refused(ShopException refusal) {
        return Problems.of(refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidFieldException invalid) {
        return validationFailed(List.of(invalid.field()));
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidField> fields = e.getBindingResult().getFieldErrors().stream()
                .map(error -> new InvalidField(error.getField(), String.valueOf(error.getDefaultMessage())))
                .sorted(Comparator.comparing(InvalidField::field).thenComparing(InvalidField::message))
                .toList();
        return new ResponseEntity<>(validationFailed(fields), headers, status);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = body instanceof ProblemDetail given ? given : ProblemDetail.forStatus(status);
        problem.setProperty("code", Problems.code(status));
        return new ResponseEntity<>(problem, headers, status);
    }

    private static ProblemDetail validationFailed(List<InvalidField> fields) {
        ProblemDetail problem = Problems.of(HttpStatus.BAD_REQUEST, "validation_failed", "The request is not valid.");
        problem.setProperty("errors", fields);
        return problem;
    }
}
