package io.plimsoll.processor.conflict;

import io.plimsoll.companion.AsynchronousTypes;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A budget for a method whose work goes on after it has returned, where nothing could bound it. The starter would refuse it. */
final class TimedResult {

    private static final Set<String> ANSWERS = Set.of(Timeout.class.getName(), NoTimeout.class.getName());

    /** Such a method runs on another thread, and the budget with it. */
    private static final Set<String> ASYNC =
            Set.of("org.springframework.scheduling.annotation.Async", "jakarta.ejb.Asynchronous");

    private TimedResult() {}

    static void check(ExecutableElement method, Compilation compilation, Findings findings) {
        TypeElement result = asynchronous(method, compilation);
        TypeElement type = Hierarchy.owner(method);
        if (result == null || compilation.hierarchy().hasUnknownSupertype(type)) {
            return;
        }
        List<Element> places = new ArrayList<>(compilation.hierarchy().declarations(method, type));
        int own = places.size();
        places.addAll(compilation.hierarchy().of(type));
        if (places.stream().anyMatch(each -> compilation.annotations().find(each, ASYNC) != null)) {
            return;
        }
        places.add(compilation.elements().getPackageOf(method));
        for (int i = 0; i < places.size(); i++) {
            Merged answer = compilation.annotations().find(places.get(i), ANSWERS);
            if (answer != null) {
                boolean reaches = i < own || reaches(method, type, i == places.size() - 1, compilation);
                boolean told = i > 0 && i < own && asynchronous((ExecutableElement) places.get(i), compilation) != null;
                if (reaches && !told && answer.type().getQualifiedName().contentEquals(Timeout.class.getName())) {
                    findings.report(
                            i == 0 ? Place.of(method, answer.root(), null) : Place.of(method),
                            message(method, type, result));
                }
                return;
            }
        }
    }

    /** Whether what stands on a type, or on its package, covers a method: only of a type that is certainly called. */
    private static boolean reaches(
            ExecutableElement method, TypeElement type, boolean fromPackage, Compilation compilation) {
        CallsFromOutside calls = new CallsFromOutside(compilation);
        CallsFromOutside.Role role = calls.role(type);
        boolean visible = !fromPackage && method.getModifiers().contains(Modifier.PUBLIC);
        return role != null && (visible || calls.kind(method, type, role) != null);
    }

    /** The type that stands for work out of reach, bare or in a {@code ResponseEntity}; null if there is none. */
    private static @Nullable TypeElement asynchronous(ExecutableElement method, Compilation compilation) {
        TypeMirror result = method.getReturnType();
        TypeElement element = element(result, compilation);
        if (element != null
                && AsynchronousTypes.BOUNDED.contains(element.getQualifiedName().toString())) {
            return null;
        }
        if (element == null || isAny(element, AsynchronousTypes.NAMES, compilation)) {
            return element;
        }
        boolean holder = isAny(element, Set.of("org.springframework.http.HttpEntity"), compilation);
        TypeElement body = holder
                        && result instanceof DeclaredType declared
                        && !declared.getTypeArguments().isEmpty()
                ? element(declared.getTypeArguments().get(0), compilation)
                : null;
        return body != null && isAny(body, AsynchronousTypes.NAMES, compilation) ? body : null;
    }

    private static @Nullable TypeElement element(TypeMirror type, Compilation compilation) {
        return compilation.types().erasure(type) instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                ? element
                : null;
    }

    private static boolean isAny(TypeElement element, Set<String> names, Compilation compilation) {
        return compilation.hierarchy().of(element).stream()
                .anyMatch(each -> names.contains(each.getQualifiedName().toString()));
    }

    private static Message message(ExecutableElement method, TypeElement type, TypeElement result) {
        return new Message(
                "@Timeout covers " + type.getSimpleName() + "." + method.getSimpleName() + ", which returns a "
                        + result.getSimpleName(),
                "Its work goes on after it has returned, where no budget reaches it, and the application would not"
                        + " start",
                "a CompletionStage, Mono or Flux as the result; or @Timeout on the blocking method that does the work, and"
                        + " @NoTimeout(reason = \"...\") on this one");
    }
}
