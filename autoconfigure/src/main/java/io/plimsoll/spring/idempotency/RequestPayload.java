package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.RequestTooLargeException;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What a request asks for: method, path, query and body. The body counts as it was sent, not as the handler sees it: a
 * field that the next version of the application understands must not refuse an honest retry.
 */
final class RequestPayload {

    /** Where {@link RequestBodyDigest} leaves what it read. */
    static final String BODY = RequestPayload.class.getName() + ".body";

    /** Through these a handler may read the body by itself. */
    private static final List<Class<?>> READERS =
            List.of(ServletRequest.class, WebRequest.class, InputStream.class, Reader.class);

    private RequestPayload() {}

    /** @param limit how long a body may be, in bytes */
    static void addTo(StableDigest digest, HttpServletRequest request, String method, int limit) {
        digest.add(request.getMethod()).add(request.getRequestURI());
        digest.addOrAbsent(request.getQueryString());
        MediaType type = mediaType(request.getContentType());
        if (MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type)) {
            addParts(digest, request); // First of all: what was read as a body is one part of it.
        } else if (request.getAttribute(BODY) instanceof byte[] body) {
            digest.addBytes(body);
        } else if (MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type)) {
            addForm(digest, request);
        } else if (hasBody(request)) {
            addUnread(digest, request, type, method, limit);
        }
    }

    /** A body that no parameter takes: it is read here, unless the handler may still want to. */
    private static void addUnread(
            StableDigest digest, HttpServletRequest request, @Nullable MediaType type, String method, int limit) {
        byte[] body = isLeftAlone(request) ? read(request, limit) : new byte[0];
        if (body.length > limit) {
            throw new RequestTooLargeException(method, limit);
        }
        if (body.length == 0 || body.length < request.getContentLengthLong()) {
            throw new IllegalStateException(
                    method + " reads the body of its request by itself, so its calls cannot be compared: a key could"
                            + " come again with another payload. Take the body as a @RequestBody parameter, or say what"
                            + " must not change under one key: @Idempotent(fingerprint = ...).");
        }
        RequestBodyDigest.add(digest, body, type);
    }

    private static byte[] read(HttpServletRequest request, int limit) {
        try {
            return request.getInputStream().readNBytes(limit + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLeftAlone(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler
                && Stream.of(handler.getMethodParameters())
                        .map(MethodParameter::getParameterType)
                        .noneMatch(parameter -> READERS.stream().anyMatch(each -> each.isAssignableFrom(parameter)));
    }

    private static void addForm(StableDigest digest, HttpServletRequest request) {
        new TreeMap<>(request.getParameterMap())
                .forEach((name, values) -> digest.add(name).add(List.of(values)));
    }

    private static void addParts(StableDigest digest, HttpServletRequest request) {
        try {
            for (Part part : request.getParts()) {
                digest.add(part.getName());
                digest.addOrAbsent(part.getSubmittedFileName());
                try (InputStream content = part.getInputStream()) {
                    if (RequestBodyDigest.isJson(mediaType(part.getContentType()))) {
                        CanonicalJson.add(digest, content.readAllBytes());
                    } else {
                        digest.addStream(content);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException("The parts of a multipart request cannot be read", e);
        }
    }

    /** HTTP/2 need not say how long a body is, and has no Transfer-Encoding. */
    private static boolean hasBody(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length > 0
                || (length < 0 && (request.getHeader("Transfer-Encoding") != null || request.getContentType() != null));
    }

    private static @Nullable MediaType mediaType(@Nullable String type) {
        try {
            return type == null ? null : MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }
}
