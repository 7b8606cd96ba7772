package io.plimsoll.spring.idempotency;

import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/** A {@link ProblemDetail} or an {@link ErrorResponse}: Spring MVC takes the status from it. */
final class ProblemShape extends ResultShape.Plain {

    static boolean fits(Class<?> resultType) {
        return ProblemDetail.class.isAssignableFrom(resultType) || ErrorResponse.class.isAssignableFrom(resultType);
    }

    @Override
    public int status(Object result) {
        return result instanceof ProblemDetail problem
                ? problem.getStatus()
                : ((ErrorResponse) result).getStatusCode().value();
    }
}
