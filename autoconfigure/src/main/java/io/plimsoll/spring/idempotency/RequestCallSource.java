package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.idempotency.KeyMissingException;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.accept.ApiVersionHolder;
import org.springframework.web.accept.SemanticApiVersionParser;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls that requests make of a handler. The user and the route are part of every key; Spring Security has spoken by the
 * time a call comes here.
 */
final class RequestCallSource implements CallSource {

    static final String REPLAYED = "Idempotency-Replayed";

    private final IdempotentMethod method;
    private final Set<String> keptHeaders;
    private final int maxBodySize;
    private final @Nullable CallSource withoutRequest;
    private final JsonMapper mapper;

    /**
     * @param keptHeaders of a response, which may be recorded
     * @param maxBodySize of a request, in bytes
     * @param withoutRequest for calls that no request makes; null if the key comes from a header
     */
    RequestCallSource(
            IdempotentMethod method,
            Set<String> keptHeaders,
            int maxBodySize,
            @Nullable CallSource withoutRequest,
            JsonMapper mapper) {
        this.method = method;
        this.keptHeaders = keptHeaders;
        this.maxBodySize = maxBodySize;
        this.withoutRequest = withoutRequest;
        this.mapper = mapper;
    }

    @Override
    public Identity identify(Object[] arguments) {
        ServletRequestAttributes attributes = attributes();
        if (attributes == null) {
            if (withoutRequest == null) {
                throw new KeyMissingException(method.name(), "the request that would bring it");
            }
            return withoutRequest.identify(arguments);
        }
        HttpServletRequest request = attributes.getRequest();
        StableDigest id = method.beginId("route", arguments)
                .add(request.getMethod())
                .add(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
        addVersion(id, request);
        Principal user = request.getUserPrincipal();
        id.addOrAbsent(user == null ? null : user.getName());
        boolean handlerOfRequest = isHandlerOf(request);
        if (!handlerOfRequest) {
            id.add(method.signature());
        }
        CompiledExpression key = method.key();
        id.add(
                key == null
                        ? IdempotencyKeyHeader.read(request.getHeaders(IdempotencyKeyHeader.NAME), method.name())
                        : method.evaluate(key, arguments));
        return new Identity(
                new RecordId(id.sum()),
                handlerOfRequest
                        ? fingerprint(request, arguments)
                        : MethodCallSource.fingerprint(method, comparable(arguments), mapper));
    }

    /** Files by their names and what is in them. */
    private static Object[] comparable(Object[] arguments) {
        return Stream.of(arguments)
                .map(each -> {
                    if (!(each instanceof MultipartFile file)) {
                        return each;
                    }
                    try {
                        return new Object[] {file.getOriginalFilename(), file.getBytes()};
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toArray();
    }

    /**
     * Versions of one route are handlers of their own. Only what has the same text in every process counts: an id that
     * another instance does not come to is as good as none.
     */
    private static void addVersion(StableDigest id, HttpServletRequest request) {
        Object version = request.getAttribute(HandlerMapping.API_VERSION_ATTRIBUTE) instanceof ApiVersionHolder holder
                ? holder.getVersionIfPresent()
                : null;
        if (version instanceof String || version instanceof SemanticApiVersionParser.Version) {
            id.add(version.toString());
        } else {
            id.addAbsent();
        }
    }

    /**
     * Route and key name the call of the request's own handler. A handler that it calls in turn is another call, and told
     * from others by what it is called with: the request is the same for all.
     */
    private boolean isHandlerOf(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler
                && (Proxy.isProxyClass(handler.getBeanType()) // Hides the class behind its interfaces.
                        || IdempotentMethods.signature(handler.getBeanType(), handler.getMethod())
                                .equals(method.signature()));
    }

    private Fingerprint fingerprint(HttpServletRequest request, Object[] arguments) {
        CompiledExpression fingerprint = method.fingerprint();
        StableDigest digest = new StableDigest();
        if (fingerprint != null) {
            digest.add(method.evaluate(fingerprint, arguments));
        } else {
            RequestPayload.addTo(digest, request, method.name(), maxBodySize);
        }
        return Fingerprint.of(digest.sum());
    }

    @Override
    public @Nullable ResponseHead responseHead() {
        HttpServletResponse response = response();
        if (response == null) {
            return null;
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : keptHeaders) {
            if (response.containsHeader(name)) {
                headers.put(name, List.copyOf(response.getHeaders(name)));
            }
        }
        return headers.isEmpty() && response.getStatus() == HttpServletResponse.SC_OK
                ? null
                : new ResponseHead(response.getStatus(), headers);
    }

    @Override
    public void replaying(@Nullable ResponseHead head) {
        HttpServletResponse response = response();
        if (response == null) {
            return;
        }
        response.setHeader(REPLAYED, "true");
        if (head != null) {
            response.setStatus(head.status());
            head.headers().forEach((name, values) -> {
                response.setHeader(name, values.get(0));
                values.stream().skip(1).forEach(value -> response.addHeader(name, value));
            });
        }
    }

    private static @Nullable HttpServletResponse response() {
        ServletRequestAttributes attributes = attributes();
        return attributes == null ? null : attributes.getResponse();
    }

    private static @Nullable ServletRequestAttributes attributes() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes
                : null;
    }
}
