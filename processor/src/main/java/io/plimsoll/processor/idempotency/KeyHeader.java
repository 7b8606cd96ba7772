package io.plimsoll.processor.idempotency;

import io.plimsoll.companion.EntryPoints;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** Finds out whether a method of an HTTP client sends what the other side can recognize a repeated request by. */
final class KeyHeader {

    private static final String REQUEST_HEADER = "org.springframework.web.bind.annotation.RequestHeader";

    private static final Pattern KEY = Pattern.compile("idempoten|request-?id", Pattern.CASE_INSENSITIVE);

    private KeyHeader() {}

    /** Whether it says so, or may do so by a map of headers. */
    static boolean maySend(ExecutableElement method, TypeElement type, Compilation compilation) {
        List<ExecutableElement> declarations = compilation.hierarchy().declarations(method, type);
        return declarations.stream()
                        .flatMap(each -> each.getParameters().stream())
                        .anyMatch(parameter -> maySend(parameter, compilation))
                || Stream.concat(declarations.stream(), compilation.hierarchy().of(type).stream())
                        .anyMatch(place -> isMapped(place, compilation));
    }

    private static boolean maySend(VariableElement parameter, Compilation compilation) {
        List<Merged> annotations = compilation.annotations().on(parameter);
        return isKey(parameter.getSimpleName().toString())
                || annotations.stream().anyMatch(each -> isKey(each.value("value")) || isKey(each.value("name")))
                || isA(parameter, "org.springframework.http.HttpHeaders", compilation)
                || (isA(parameter, "java.util.Map", compilation)
                        && compilation.annotations().find(parameter, REQUEST_HEADER) != null);
    }

    private static boolean isA(VariableElement parameter, String type, Compilation compilation) {
        return parameter.asType() instanceof DeclaredType declared
                && compilation.hierarchy().of((TypeElement) declared.asElement()).stream()
                        .anyMatch(each -> each.getQualifiedName().contentEquals(type));
    }

    private static boolean isMapped(Element place, Compilation compilation) {
        Merged mapping = compilation.annotations().find(place, EntryPoints.HANDLERS);
        return mapping != null && isKey(mapping.value("headers"));
    }

    private static boolean isKey(@Nullable AnnotationValue value) {
        return value != null
                && (value.getValue() instanceof List<?> items
                        ? items.stream().anyMatch(item -> isKey((AnnotationValue) item))
                        : isKey(String.valueOf(value.getValue())));
    }

    /** {@code Idempotency-Key}, {@code PayPal-Request-Id}, {@code requestId}. */
    private static boolean isKey(String text) {
        return KEY.matcher(text).find();
    }
}
