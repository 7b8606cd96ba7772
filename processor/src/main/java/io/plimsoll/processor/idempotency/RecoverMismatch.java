package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Recovered;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.SimpleNames;
import io.plimsoll.processor.model.Suggestions;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Forbids an idempotent method whose {@code recover} names no method that could find out what became of a call. */
@AutoService(ElementRule.class)
public final class RecoverMismatch implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Declared promise = Declared.find(Idempotent.class, element, compilation);
        AnnotationValue recover = promise == null ? null : promise.annotation().value("recover");
        if (promise == null
                || recover == null
                || !(element instanceof ExecutableElement method)
                || !(recover.getValue() instanceof String name)
                || name.isEmpty()) {
            return;
        }
        TypeElement type = Hierarchy.owner(method);
        boolean open = type.getKind().isInterface() || type.getModifiers().contains(Modifier.ABSTRACT);
        if (open || compilation.hierarchy().hasUnknownSupertype(type)) {
            return; // The method may be in a class that implements it.
        }
        List<ExecutableElement> methods = compilation.hierarchy().methods(type);
        List<ExecutableElement> named = methods.stream()
                .filter(each -> each.getSimpleName().contentEquals(name))
                .toList();
        if (named.stream().noneMatch(each -> fits(each, method, compilation.types()))) {
            findings.report(
                    place(promise, method, recover), message(method, name, named, methods, compilation.types()));
        }
    }

    /** On the value where it is written on the method itself. */
    private static Place place(Declared promise, ExecutableElement method, AnnotationValue recover) {
        return promise.on().equals(method) && promise.annotation().distance() == 0
                ? Place.of(method, promise.annotation().root(), recover)
                : promise.place(method);
    }

    private static boolean fits(ExecutableElement recover, ExecutableElement method, Types types) {
        return sameParameters(recover, method, types)
                && recover.getReturnType() instanceof DeclaredType result
                && isRecovered(result)
                && (result.getTypeArguments().isEmpty()
                        || method.getReturnType().getKind() == TypeKind.VOID
                        || types.isSameType(result.getTypeArguments().get(0), boxed(method.getReturnType(), types)));
    }

    private static boolean sameParameters(ExecutableElement recover, ExecutableElement method, Types types) {
        if (recover.getParameters().size() != method.getParameters().size()) {
            return false;
        }
        for (int i = 0; i < method.getParameters().size(); i++) {
            TypeMirror wanted = types.erasure(method.getParameters().get(i).asType());
            if (!types.isSameType(types.erasure(recover.getParameters().get(i).asType()), wanted)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRecovered(DeclaredType result) {
        return result.asElement() instanceof TypeElement type
                && type.getQualifiedName().contentEquals(Recovered.class.getName());
    }

    private static TypeMirror boxed(TypeMirror result, Types types) {
        return result instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : result;
    }

    private static Message message(
            ExecutableElement method,
            String name,
            List<ExecutableElement> named,
            List<ExecutableElement> methods,
            Types types) {
        String wanted = signature(method, name, types);
        if (!named.isEmpty()) {
            return new Message(
                    Declared.name(method) + " would ask " + name + " what became of a call, which does not fit",
                    "It is called with the arguments of the call and tells its answer, and the application would not start",
                    wanted);
        }
        String nearest = Suggestions.nearest(
                name,
                methods.stream().map(each -> each.getSimpleName().toString()).toList());
        return new Message(
                Declared.name(method) + " would ask " + name + " what became of a call, which is not there"
                        + (nearest == null || nearest.contentEquals(method.getSimpleName())
                                ? ""
                                : "; did you mean " + nearest + "?"),
                "Without it the outcome of a call whose holder died stays unknown, and the application would not start",
                wanted);
    }

    private static String signature(ExecutableElement method, String name, Types types) {
        TypeMirror result = method.getReturnType();
        String parameters = method.getParameters().stream()
                .map(each -> SimpleNames.of(each.asType()) + " " + each.getSimpleName())
                .collect(Collectors.joining(", ", "(", ")"));
        return "Recovered<" + (result.getKind() == TypeKind.VOID ? "Void" : SimpleNames.of(boxed(result, types))) + "> "
                + name + parameters;
    }
}
