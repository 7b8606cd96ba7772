package io.plimsoll.processor.idempotency;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.RetryAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * The annotation that has a method called again when it fails.
 *
 * @param on the method, one that it overrides, or a type around
 */
record Retry(Merged annotation, Element on) {

    /** Errors of a request that has not been sent, or that the other side has refused to look at. */
    private static final Set<String> HARMLESS = Set.of(
            "java.net.ConnectException",
            "java.net.UnknownHostException",
            "java.net.http.HttpConnectTimeoutException",
            "org.apache.http.conn.ConnectTimeoutException",
            "org.apache.hc.client5.http.ConnectTimeoutException",
            "org.springframework.web.client.HttpClientErrorException",
            "org.springframework.web.client.HttpServerErrorException.ServiceUnavailable",
            "feign.FeignException.FeignClientException",
            "feign.FeignException.ServiceUnavailable");

    /** The retry of a method of a type; null if there is none, or if it repeats only what has had no effect. */
    static @Nullable Retry of(ExecutableElement method, TypeElement type, Compilation compilation) {
        List<Element> places = new ArrayList<>(compilation.hierarchy().declarations(method, type));
        places.addAll(compilation.hierarchy().of(type));
        for (Element place : places) {
            Merged found = compilation.annotations().find(place, RetryAnnotations.ALL);
            if (found != null) {
                return isNone(found) || isHarmless(found, compilation) ? null : new Retry(found, place);
            }
        }
        return null;
    }

    /** The first attempt counts in {@code maxAttempts}, not in {@code maxRetries}. */
    private static boolean isNone(Merged retry) {
        return isNumber(retry.value("maxAttempts"), 1) || isNumber(retry.value("maxRetries"), 0);
    }

    private static boolean isNumber(@Nullable AnnotationValue value, long wanted) {
        return value != null && value.getValue() instanceof Number number && number.longValue() == wanted;
    }

    private static boolean isHarmless(Merged retry, Compilation compilation) {
        List<AnnotationValue> errors = Stream.of("value", "include", "includes", "retryFor")
                .map(retry::value)
                .flatMap(Retry::items)
                .toList();
        return !errors.isEmpty() && errors.stream().allMatch(error -> isHarmless(error, compilation));
    }

    private static Stream<AnnotationValue> items(@Nullable AnnotationValue value) {
        return value != null && value.getValue() instanceof List<?> items
                ? items.stream().map(AnnotationValue.class::cast)
                : Stream.empty();
    }

    private static boolean isHarmless(AnnotationValue error, Compilation compilation) {
        return !(error.getValue() instanceof DeclaredType type)
                || type.getKind() == TypeKind.ERROR
                || compilation.hierarchy().of((TypeElement) type.asElement()).stream()
                        .anyMatch(each ->
                                HARMLESS.contains(each.getQualifiedName().toString()));
    }
}
