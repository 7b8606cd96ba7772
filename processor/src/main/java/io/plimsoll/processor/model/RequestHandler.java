package io.plimsoll.processor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A request handler as Spring sees it: a method of a controller, declared there or inherited, its annotations and those
 * of its parameters taken together from all that it overrides.
 */
public final class RequestHandler {

    private static final String RESPONSE_BODY = "org.springframework.web.bind.annotation.ResponseBody";
    private static final String HTTP_ENTITY = "org.springframework.http.HttpEntity";

    /** Results that are no body, whatever the annotations say. */
    private static final Set<String> VIEWS = Set.of(
            "org.springframework.web.servlet.ModelAndView",
            "org.springframework.web.servlet.View",
            "org.springframework.web.reactive.result.view.Rendering");

    private final ExecutableElement method;
    private final TypeElement controller;
    private final List<ExecutableElement> declarations;
    private final Compilation compilation;

    private RequestHandler(ExecutableElement method, TypeElement controller, Compilation compilation) {
        this.method = method;
        this.controller = controller;
        this.declarations = compilation.hierarchy().declarations(method, controller);
        this.compilation = compilation;
    }

    /** The handlers of a controller; none if the element is no controller, or has a supertype that is not known. */
    public static List<RequestHandler> in(Element element, Compilation compilation) {
        if (!(element instanceof TypeElement type)) {
            return List.of();
        }
        return compilation.memo().get(new In(type), () -> read(type, compilation));
    }

    private record In(TypeElement controller) {}

    private static List<RequestHandler> read(TypeElement type, Compilation compilation) {
        CallsFromOutside calls = new CallsFromOutside(compilation);
        CallsFromOutside.Role role = calls.role(type);
        if (role == null || !role.controller() || compilation.hierarchy().hasUnknownSupertype(type)) {
            return List.of();
        }
        List<RequestHandler> handlers = new ArrayList<>();
        for (ExecutableElement method : compilation.hierarchy().methods(type)) {
            if (calls.kind(method, type, role) == CallsFromOutside.Kind.REQUEST_HANDLER) {
                handlers.add(new RequestHandler(method, type, compilation));
            }
        }
        return handlers;
    }

    /** {@code OrderController.place}. */
    public String name() {
        return controller.getSimpleName() + "." + method.getSimpleName();
    }

    /** The method and all that it overrides. */
    public List<ExecutableElement> declarations() {
        return declarations;
    }

    /** The place to point at: the method, or the controller that inherits it. */
    public Element place() {
        return Hierarchy.owner(method).equals(controller) ? method : controller;
    }

    /** What the method returns in this controller, its type variables resolved. */
    public TypeMirror result() {
        return typed().getReturnType();
    }

    /** Whether the result is the body of the answer, and not the name of a view. */
    public boolean answersWithBody() {
        List<TypeElement> result = Mentioned.in(result());
        if (result.stream().anyMatch(type -> isSubtypeOf(type, VIEWS))) {
            return false;
        }
        List<Element> places = new ArrayList<>(declarations);
        places.addAll(compilation.hierarchy().of(controller));
        return places.stream().anyMatch(each -> compilation.annotations().find(each, RESPONSE_BODY) != null)
                || result.stream().anyMatch(type -> isSubtypeOf(type, Set.of(HTTP_ENTITY)));
    }

    private boolean isSubtypeOf(TypeElement type, Set<String> names) {
        return compilation.hierarchy().of(type).stream()
                .anyMatch(each -> names.contains(each.getQualifiedName().toString()));
    }

    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < method.getParameters().size(); i++) {
            int index = i;
            parameters.add(new Parameter(
                    typed().getParameterTypes().get(i),
                    declarations.stream()
                            .<VariableElement>map(each -> each.getParameters().get(index))
                            .toList()));
        }
        return parameters;
    }

    private ExecutableType typed() {
        return (ExecutableType) compilation.types().asMemberOf((DeclaredType) controller.asType(), method);
    }

    /** A parameter, its type variables resolved, with the parameters of all overridden methods. */
    public final class Parameter {

        private final TypeMirror type;
        private final List<VariableElement> declared;

        private Parameter(TypeMirror type, List<VariableElement> declared) {
            this.type = type;
            this.declared = declared;
        }

        public TypeMirror type() {
            return type;
        }

        public String name() {
            return declared.get(0).getSimpleName().toString();
        }

        /** The parameter itself and those that it overrides. */
        public List<VariableElement> declarations() {
            return declared;
        }

        /** The nearest annotation of any of these types, or null. */
        public @Nullable Merged find(Set<String> annotations) {
            return declared.stream()
                    .map(each -> compilation.annotations().find(each, annotations))
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
        }

        /** The place to point at: the parameter, or the controller that inherits the method. */
        public Element place() {
            return RequestHandler.this.place().equals(method) ? declared.get(0) : controller;
        }
    }
}
