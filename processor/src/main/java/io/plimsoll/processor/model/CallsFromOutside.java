package io.plimsoll.processor.model;

import io.plimsoll.companion.EntryPoints;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Knows which methods of a type are {@link EntryPoints}, and which call out over HTTP. */
public final class CallsFromOutside {

    private static final String CONTROLLER = "org.springframework.stereotype.Controller";

    private final Annotations annotations;
    private final Hierarchy hierarchy;
    private final Compilation compilation;

    public CallsFromOutside(Compilation compilation) {
        this.compilation = compilation;
        this.annotations = compilation.annotations();
        this.hierarchy = compilation.hierarchy();
    }

    /** What a type as a whole makes of its methods; null if the type holds no entry points and no remote calls. */
    public @Nullable Role role(TypeElement type) {
        if (type.getKind() == ElementKind.INTERFACE) {
            boolean feign = annotations.find(type, EntryPoints.FEIGN_CLIENT) != null;
            boolean client = feign
                    || (isAny(hierarchy.methods(type), Set.of(EntryPoints.HTTP_EXCHANGE)) && !hasController(type));
            return client ? new Role(true, feign, false, false) : null;
        }
        if (!type.getKind().isClass() || type.getModifiers().contains(Modifier.ABSTRACT)) {
            return null;
        }
        List<TypeElement> all = hierarchy.of(type);
        return new Role(false, false, isAny(all, Set.of(CONTROLLER)), isAny(all, EntryPoints.LISTENERS));
    }

    /**
     * @param client whether calls go out of this type rather than into it
     * @param everyMethod whether each abstract method of the client is a call, annotated or not
     */
    public record Role(boolean client, boolean everyMethod, boolean controller, boolean listener) {}

    /** What a method can be. */
    public enum Kind {
        HTTP_CLIENT_METHOD("HTTP client method"),
        REQUEST_HANDLER("request handler"),
        MESSAGE_LISTENER("message listener"),
        SCHEDULED_METHOD("scheduled method");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As a person would say it. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** What a method is; null if it is neither entry point nor remote call. */
    public @Nullable Kind kind(ExecutableElement method, TypeElement type, Role role) {
        List<ExecutableElement> declarations = hierarchy.declarations(method, type);
        if (role.client()) {
            boolean call = role.everyMethod() || isAny(declarations, Set.of(EntryPoints.HTTP_EXCHANGE));
            return call && method.getModifiers().contains(Modifier.ABSTRACT) ? Kind.HTTP_CLIENT_METHOD : null;
        }
        if (role.controller() && isAny(declarations, EntryPoints.HANDLERS)) {
            return Kind.REQUEST_HANDLER;
        }
        if (isAny(declarations, EntryPoints.LISTENERS)
                || (role.listener() && isAny(declarations, EntryPoints.LISTENER_METHODS))) {
            return Kind.MESSAGE_LISTENER;
        }
        // Spring looks for @Scheduled on the method alone, not on what it overrides.
        return annotations.find(method, EntryPoints.SCHEDULED) != null ? Kind.SCHEDULED_METHOD : null;
    }

    /** Whether a request may reach a method of a class: its controller may be elsewhere. */
    public boolean isMapped(ExecutableElement method, TypeElement type) {
        return isAny(hierarchy.declarations(method, type), EntryPoints.HANDLERS);
    }

    private boolean isAny(List<? extends Element> elements, Set<String> wanted) {
        return elements.stream().anyMatch(element -> annotations.find(element, wanted) != null);
    }

    /** An interface of {@code @HttpExchange} methods may describe the server's side as well as the client's. */
    private boolean hasController(TypeElement contract) {
        return compilation.sources().stream()
                .filter(type -> type.getKind().isClass() && hierarchy.isSubtype(type, contract))
                .anyMatch(type -> isAny(hierarchy.of(type), Set.of(CONTROLLER)));
    }
}
