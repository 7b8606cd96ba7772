package io.plimsoll.spring.idempotency;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;

/** With Spring MVC. */
final class WebRequestCalls implements RequestCalls {

    private final Set<String> keptHeaders;
    private final int maxBodySize;

    WebRequestCalls(Set<String> keptHeaders, int maxBodySize) {
        this.keptHeaders = Set.copyOf(keptHeaders);
        this.maxBodySize = maxBodySize;
    }

    @Override
    public CallSource source(IdempotentMethod handler, @Nullable CallSource withoutRequest) {
        return new RequestCallSource(handler, keptHeaders, maxBodySize, withoutRequest);
    }

    @Override
    public ResultShape shape(Class<?> resultType) {
        if (resultType == ResponseEntity.class || resultType == HttpEntity.class) {
            return new ResponseEntityShape(keptHeaders);
        }
        return ProblemShape.fits(resultType) ? new ProblemShape() : ResultShape.PLAIN;
    }
}
