package io.plimsoll.processor.validation;

import io.plimsoll.companion.EntryPoints;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mentioned;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.Mirrors;
import io.plimsoll.processor.model.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/**
 * A body that a handler takes.
 *
 * @param annotation what makes it a body
 * @param validated whether Spring validates it
 * @param whole whether it is meant as a whole: it is validated, or the path of the handler is that of the resource itself
 */
record Body(
        RequestHandler handler,
        RequestHandler.Parameter parameter,
        Merged annotation,
        boolean validated,
        boolean whole) {

    private static final Set<String> BODY = Set.of(
            "org.springframework.web.bind.annotation.RequestBody",
            "org.springframework.web.bind.annotation.RequestPart");

    private static final String ERRORS = "org.springframework.validation.Errors";

    /** All bodies that a controller takes, but for those that it need not validate or validates by hand. */
    static List<Body> in(Element controller, Validators validators, Compilation compilation) {
        List<Body> bodies = new ArrayList<>();
        for (RequestHandler handler : RequestHandler.in(controller, compilation)) {
            if (isPatch(handler, compilation) || takesErrors(handler, compilation)) {
                continue;
            }
            for (RequestHandler.Parameter parameter : handler.parameters()) {
                Merged annotation = parameter.find(BODY);
                if (annotation != null) {
                    boolean validated = parameter.declarations().stream().anyMatch(validators::isValidated);
                    boolean whole = validated || !hasNameInPath(handler, compilation);
                    bodies.add(new Body(handler, parameter, annotation, validated, whole));
                }
            }
        }
        return bodies;
    }

    /**
     * Whether it may be that the handler needs only a part of its body: its path names something of its own, such as
     * {@code /orders/{id}/state}, while another handler takes the same type as a whole.
     */
    boolean mayBePart(List<Body> all, Compilation compilation) {
        return !whole
                && all.stream()
                        .anyMatch(other -> other.whole
                                && compilation.types().isSameType(other.parameter.type(), parameter.type()));
    }

    /** The body of a PATCH says what changes: what it leaves out is not missing. */
    private static boolean isPatch(RequestHandler handler, Compilation compilation) {
        return texts(handler, Set.of("method"), compilation).stream().anyMatch(method -> method.equals("PATCH"));
    }

    /** Whether the mapping of the method has a path with more in it than variables. */
    private static boolean hasNameInPath(RequestHandler handler, Compilation compilation) {
        return texts(handler, Set.of("path", "url"), compilation).stream()
                .anyMatch(path ->
                        path.replaceAll("\\{[^{}]*(\\{[^{}]*}[^{}]*)*}", "").matches(".*\\w.*"));
    }

    private static List<String> texts(RequestHandler handler, Set<String> attributes, Compilation compilation) {
        List<String> texts = new ArrayList<>();
        for (ExecutableElement each : handler.declarations()) {
            Merged mapping = compilation.annotations().find(each, EntryPoints.HANDLERS);
            if (mapping != null) {
                mapping.values().forEach((name, value) -> {
                    if (attributes.contains(name)) {
                        texts.addAll(Mirrors.texts(value));
                    }
                });
            }
        }
        return texts;
    }

    /** Who asks for the errors and not for the validation fills them in by hand. */
    private static boolean takesErrors(RequestHandler handler, Compilation compilation) {
        return handler.parameters().stream()
                .flatMap(parameter -> Mentioned.in(parameter.type()).stream())
                .flatMap(type -> compilation.hierarchy().of(type).stream())
                .anyMatch(type -> type.getQualifiedName().contentEquals(ERRORS));
    }
}
