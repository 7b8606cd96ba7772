package io.plimsoll.spring.idempotency;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** A {@link ResponseEntity}, or an {@link HttpEntity} without a status: status and headers apart from the body. */
final class ResponseEntityShape implements ResultShape {

    private final Set<String> keptHeaders;

    ResponseEntityShape(Set<String> keptHeaders) {
        this.keptHeaders = keptHeaders;
    }

    @Override
    public Type bodyType(Type resultType) {
        return resultType instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
    }

    @Override
    public int status(Object result) {
        return result instanceof ResponseEntity<?> response
                ? response.getStatusCode().value()
                : NO_STATUS;
    }

    @Override
    public ResponseHead head(Object result) {
        HttpEntity<?> entity = (HttpEntity<?>) result;
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : keptHeaders) {
            List<String> values = entity.getHeaders().get(name);
            if (values != null) {
                headers.put(name, values);
            }
        }
        return new ResponseHead(status(result), headers);
    }

    @Override
    public @Nullable Object body(Object result) {
        return ((HttpEntity<?>) result).getBody();
    }

    @Override
    public Object compose(@Nullable ResponseHead head, @Nullable Object body) {
        if (head == null) {
            throw new IllegalStateException("An answer with a status was recorded without one.");
        }
        HttpHeaders headers = new HttpHeaders();
        head.headers().forEach(headers::addAll);
        if (head.status() == NO_STATUS) {
            return new HttpEntity<>(body, headers);
        }
        return ResponseEntity.status(head.status()).headers(headers).body(body);
    }
}
