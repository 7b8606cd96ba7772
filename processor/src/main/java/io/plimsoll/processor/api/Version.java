package io.plimsoll.processor.api;

import io.plimsoll.companion.EntryPoints;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.Mirrors;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * Finds out whether a mapping says which version of an API it belongs to, or whether it may do so in a way that cannot
 * be seen here: in a property, or in an annotation of one's own.
 */
final class Version {

    private static final Set<String> NOT_ABOUT_REQUESTS = Set.of("name", "method");

    /** {@code /v1/}, {@code vnd.acme.v1+json}, {@code v=1}, {@code X-API-Version}, {@code /1.0/}, a placeholder. */
    private static final Pattern VERSION = Pattern.compile(
            "[$#]\\{|(?<!con|in|sub|di)version|(^|[^a-z0-9])v=?\\d|(^|/)\\d+(\\.\\d+)+(/|$)|(^|/)\\d{4}-\\d{2}",
            Pattern.CASE_INSENSITIVE);

    /** What is there for machines that look after the program has no version. */
    private static final Pattern HOUSEKEEPING = Pattern.compile(
            "^/?(actuator|error|health|healthz|livez|liveness|readyz|readiness|ping|\\.well-known)(/|$)");

    private final Compilation compilation;

    Version(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Whether a type or method says something of a version, or may say it. */
    boolean mayBeSaidOn(Element element) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (Mirrors.type(mirror) == null
                    || mirror.getAnnotationType()
                            .asElement()
                            .getSimpleName()
                            .toString()
                            .contains("Version")) {
                return true;
            }
        }
        Merged mapping = compilation.annotations().find(element, EntryPoints.HANDLERS);
        return mapping != null && mapping.values().entrySet().stream().anyMatch(Version::isSaid);
    }

    private static boolean isSaid(Map.Entry<String, AnnotationValue> attribute) {
        return !NOT_ABOUT_REQUESTS.contains(attribute.getKey())
                && (Mirrors.isUnresolved(attribute.getValue())
                        || Mirrors.texts(attribute.getValue()).stream()
                                .anyMatch(text -> isSaid(attribute.getKey(), text)));
    }

    private static boolean isSaid(String attribute, String text) {
        return attribute.equals("version")
                ? !text.isBlank()
                : VERSION.matcher(text).find() || HOUSEKEEPING.matcher(text).find();
    }
}
