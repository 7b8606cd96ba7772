package io.plimsoll.spring.idempotency;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** A {@link ResponseEntity}: status and headers apart from the body. */
final class ResponseEntityShape implements ResultShape {

    private final Set<String> keptHeaders;

    ResponseEntityShape(Set<String> keptHeaders) {
        this.keptHeaders = keptHeaders;
    }

    @Override
    public ResponseHead head(Object result) {
        ResponseEntity<?> entity = (ResponseEntity<?>) result;
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : keptHeaders) {
            List<String> values = entity.getHeaders().get(name);
            if (values != null) {
                headers.put(name, values);
            }
        }
        return new ResponseHead(entity.getStatusCode().value(), headers);
    }

    @Override
    public @Nullable Object body(Object result) {
        return ((ResponseEntity<?>) result).getBody();
    }

    @Override
    public Object compose(@Nullable ResponseHead head, @Nullable Object body) {
        if (head == null) {
            throw new IllegalStateException("An answer with a status was recorded without one.");
        }
        HttpHeaders headers = new HttpHeaders();
        head.headers().forEach(headers::addAll);
        return ResponseEntity.status(head.status()).headers(headers).body(body);
    }
}
