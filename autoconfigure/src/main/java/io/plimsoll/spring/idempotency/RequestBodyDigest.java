package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.RequestTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Digests the body of a request to an idempotent handler while Spring reads it; other requests are left alone. */
@ControllerAdvice
final class RequestBodyDigest extends RequestBodyAdviceAdapter {

    private final int limit;
    private final Map<Method, Boolean> compared = new ConcurrentHashMap<>();

    /** @param limit in bytes */
    RequestBodyDigest(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        Method method = parameter.getMethod();
        return method != null && compared.computeIfAbsent(method, RequestBodyDigest::isCompared);
    }

    /** An expression says what is compared, and then the body is not asked. */
    private static boolean isCompared(Method method) {
        MergedAnnotation<Idempotent> idempotent =
                MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(Idempotent.class);
        return idempotent.isPresent() && idempotent.getString("fingerprint").isEmpty();
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        byte[] body = message.getBody().readNBytes(limit + 1);
        if (body.length > limit) {
            Method method = parameter.getMethod();
            throw new RequestTooLargeException(
                    parameter.getContainingClass().getName() + (method == null ? "" : "." + method.getName()), limit);
        }
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            StableDigest digest = new StableDigest();
            add(digest, body, message.getHeaders().getContentType());
            request.setAttribute(RequestPayload.BODY, digest.sum(), RequestAttributes.SCOPE_REQUEST);
        }
        return new Buffered(message.getHeaders(), body);
    }

    static void add(StableDigest digest, byte[] body, @Nullable MediaType type) {
        if (isJson(type)) {
            CanonicalJson.add(digest, body);
        } else {
            digest.addBytes(body);
        }
    }

    static boolean isJson(@Nullable MediaType type) {
        return type != null
                && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
    }

    private record Buffered(HttpHeaders headers, byte[] body) implements HttpInputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }
    }
}
