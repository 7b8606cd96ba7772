package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.IdempotencyException;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers an {@link IdempotencyException} with an RFC 9457 problem that has a {@code code}.
 *
 * <p>At order 0 it comes before an application's catch-all; an application that wants another answer declares its own
 * advice with a lower order.
 */
@Order(0)
@RestControllerAdvice
final class IdempotencyProblemAdvice {

    private static final Log log = LogFactory.getLog(IdempotencyProblemAdvice.class);

    private record Answer(int status, String detail) {}

    private static final Map<String, Answer> ANSWERS = Map.of(
            "idempotency_key_missing",
            new Answer(400, "The request lacks its Idempotency-Key header, or a value that its key is made of."),
            "idempotency_key_invalid",
            new Answer(400, "The Idempotency-Key cannot be used: send one, of 1 to 255 printable ASCII characters."),
            "idempotency_key_reused",
            new Answer(409, "The key was already used for another request. Send a new key for a new request."),
            "idempotency_in_flight",
            new Answer(409, "A request with this key is still being processed. Send it again a little later."),
            "idempotency_outcome_unknown",
            new Answer(409, "It is not known yet whether the request took effect. Send it again with the same key."),
            "idempotency_outcome_not_kept",
            new Answer(409, "The request has succeeded before, and its answer was not kept. It is not executed again."),
            "idempotency_call_failed",
            new Answer(409, "The request has failed before, with an effect that remains. It is not executed again."),
            "idempotency_request_too_large",
            new Answer(413, "The body of the request is too long."),
            "idempotency_store_unavailable",
            new Answer(503, "The request was not processed. Send it again a little later, with the same key."));

    private final int keyReusedStatus;

    IdempotencyProblemAdvice(int keyReusedStatus) {
        this.keyReusedStatus = keyReusedStatus;
    }

    @ExceptionHandler(IdempotencyException.class)
    ResponseEntity<ProblemDetail> refused(IdempotencyException e) {
        Answer answer = ANSWERS.getOrDefault(e.code(), new Answer(409, "The request was not executed."));
        if (e.getCause() != null) {
            log.warn(e.getMessage(), e.getCause()); // The client is told nothing of the database.
        }
        HttpStatus status =
                HttpStatus.valueOf(e.code().equals("idempotency_key_reused") ? keyReusedStatus : answer.status());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, answer.detail());
        problem.setProperty("code", e.code());
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (e instanceof CallInFlightException inFlight) {
            response.header(
                    HttpHeaders.RETRY_AFTER,
                    String.valueOf(Math.max(1, inFlight.retryAfter().toSeconds())));
        }
        return response.body(problem);
    }
}
