package io.plimsoll.processor.api;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mentioned;
import io.plimsoll.processor.model.RequestHandler;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Forbids a JPA entity that a request handler reads from a request or answers with, also inside a collection or a
 * {@code ResponseEntity}. Handlers that answer with a view have no API; what they read as a body counts.
 */
@AutoService(ElementRule.class)
public final class EntityInApi implements ElementRule {

    private static final Set<String> ENTITY = Set.of(
            "jakarta.persistence.Entity",
            "javax.persistence.Entity",
            "jakarta.persistence.MappedSuperclass",
            "javax.persistence.MappedSuperclass");

    private static final Set<String> BODY = Set.of(
            "org.springframework.web.bind.annotation.RequestBody",
            "org.springframework.web.bind.annotation.RequestPart");

    private static final String HTTP_ENTITY = "org.springframework.http.HttpEntity";

    private static final String MODEL_ATTRIBUTE = "org.springframework.web.bind.annotation.ModelAttribute";

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        for (RequestHandler handler : RequestHandler.in(element, compilation)) {
            boolean api = handler.answersWithBody();
            for (RequestHandler.Parameter parameter : handler.parameters()) {
                TypeElement entity = read(parameter, api, compilation);
                if (entity != null) {
                    findings.report(Place.of(parameter.place()), taken(handler, entity));
                }
            }
            TypeElement entity = api ? entity(Mentioned.in(handler.result()), compilation) : null;
            if (entity != null) {
                findings.report(Place.of(handler.place()), given(handler, entity));
            }
        }
    }

    private static @Nullable TypeElement read(
            RequestHandler.Parameter parameter, boolean api, Compilation compilation) {
        List<TypeElement> types = Mentioned.in(parameter.type());
        if (parameter.find(BODY) != null || isAny(types, HTTP_ENTITY, compilation)) {
            return entity(types, compilation);
        }
        // What only mentions an entity - a specification, an assembler - has a resolver that knows what it does.
        return api && isBound(parameter, compilation)
                ? entity(types.subList(0, Math.min(1, types.size())), compilation)
                : null;
    }

    /** Whether the fields of the parameter are set from the request; any other annotation says that they are not. */
    private static boolean isBound(RequestHandler.Parameter parameter, Compilation compilation) {
        return parameter.find(Set.of(MODEL_ATTRIBUTE)) != null
                || (!isAny(Mentioned.in(parameter.type()), "java.security.Principal", compilation)
                        && parameter.declarations().stream()
                                .flatMap(each -> each.getAnnotationMirrors().stream())
                                .allMatch(mirror -> mirror.getAnnotationType()
                                        .asElement()
                                        .getSimpleName()
                                        .toString()
                                        .startsWith("Valid")));
    }

    private static boolean isAny(List<TypeElement> types, String name, Compilation compilation) {
        return types.stream()
                .flatMap(type -> compilation.hierarchy().of(type).stream())
                .anyMatch(type -> type.getQualifiedName().contentEquals(name));
    }

    private static @Nullable TypeElement entity(List<TypeElement> types, Compilation compilation) {
        return types.stream()
                .filter(type -> compilation.annotations().find(type, ENTITY) != null)
                .findFirst()
                .orElse(null);
    }

    private static Message taken(RequestHandler handler, TypeElement entity) {
        return new Message(
                handler.name() + " reads the entity " + entity.getSimpleName() + " from the request",
                "A client sets whatever column it names, the owner and the id among them, and the table cannot change"
                        + " without breaking clients",
                "a record of what a client may say, instead of " + entity.getSimpleName());
    }

    private static Message given(RequestHandler handler, TypeElement entity) {
        return new Message(
                handler.name() + " answers with the entity " + entity.getSimpleName(),
                "Every new column goes out to clients, relations are loaded one by one while the answer is written, and"
                        + " the table cannot change without breaking clients",
                "a record of what a client needs, instead of " + entity.getSimpleName());
    }
}
