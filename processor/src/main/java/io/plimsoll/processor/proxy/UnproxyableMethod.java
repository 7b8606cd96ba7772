package io.plimsoll.processor.proxy;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Forbids a promise where no proxy can stand before the method, so that nobody would keep it. */
@AutoService(ElementRule.class)
public final class UnproxyableMethod implements ElementRule {

    private static final String WHY = "Promises are kept by a proxy that overrides the method";

    /** An annotation type that carries a promise is a team's own annotation, not a bean. */
    private static final Set<ElementKind> CARRIERS =
            Set.of(ElementKind.CLASS, ElementKind.RECORD, ElementKind.ENUM, ElementKind.INTERFACE);

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (compilation.annotations().keptByProxy(element).isEmpty()) {
            return;
        }
        if (element instanceof ExecutableElement method
                && method.getKind() == ElementKind.METHOD
                && method.getEnclosingElement() instanceof TypeElement type
                && CARRIERS.contains(type.getKind())) {
            Message problem = problem(method, type);
            if (problem != null) {
                report(method, problem, compilation, findings);
            }
        } else if (element instanceof TypeElement type && CARRIERS.contains(type.getKind())) {
            checkType(type, compilation, findings);
        }
    }

    private static void checkType(TypeElement type, Compilation compilation, Findings findings) {
        Message problem = problem(type, "The promises on " + type.getSimpleName());
        if (problem != null) {
            report(type, problem, compilation, findings);
        } else {
            for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
                Set<Modifier> modifiers = method.getModifiers();
                // A promise of its own on the method is reported where it stands.
                if (modifiers.containsAll(Set.of(Modifier.PUBLIC, Modifier.FINAL))
                        && !modifiers.contains(Modifier.STATIC)
                        && compilation.annotations().promises(method).isEmpty()) {
                    findings.report(Place.of(method), modifier(method, type, Modifier.FINAL));
                }
            }
        }
    }

    private static void report(Element element, Message problem, Compilation compilation, Findings findings) {
        List<Merged> promises = compilation.annotations().keptByProxy(element);
        promises.stream()
                .map(Merged::root)
                .distinct()
                .forEach(annotation -> findings.report(Place.of(element, annotation, null), problem));
    }

    private static @Nullable Message problem(ExecutableElement method, TypeElement type) {
        for (Modifier modifier : List.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)) {
            if (method.getModifiers().contains(modifier)) {
                return modifier(method, type, modifier);
            }
        }
        return problem(type, "The promise on " + type.getSimpleName() + "." + method.getSimpleName());
    }

    private static Message modifier(ExecutableElement method, TypeElement type, Modifier modifier) {
        return new Message(
                type.getSimpleName() + "." + method.getSimpleName() + " is " + modifier
                        + ", so its promise would silently not be kept",
                WHY + ", and a " + modifier + " method cannot be overridden",
                "delete '" + modifier + "', or move the annotation to the method that other beans call");
    }

    private static @Nullable Message problem(TypeElement type, String subject) {
        String name = type.getSimpleName().toString();
        if (type.getKind() == ElementKind.RECORD || type.getKind() == ElementKind.ENUM) {
            String kind = type.getKind() == ElementKind.RECORD ? "a record" : "an enum";
            return new Message(
                    subject + " cannot be kept: " + name + " is " + kind,
                    WHY + ", and " + kind + " cannot be subclassed",
                    "make " + name + " a class that is not final");
        }
        if (type.getModifiers().contains(Modifier.FINAL)) {
            return new Message(
                    subject + " cannot be kept: the class " + name + " is final",
                    WHY + ", and a final class cannot be subclassed",
                    "delete 'final' from class " + name);
        }
        if (hasOnlyPrivateConstructors(type)) {
            return new Message(
                    subject + " cannot be kept: " + name + " has no constructor that a subclass can call",
                    WHY + ", and a class whose constructors are all private cannot be subclassed",
                    type.getModifiers().contains(Modifier.PRIVATE)
                            ? "delete 'private' from class " + name
                            : "delete 'private' from a constructor of " + name);
        }
        return null;
    }

    /** So has a private nested class that declares no constructor: the compiler gives it a private one. */
    private static boolean hasOnlyPrivateConstructors(TypeElement type) {
        List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements());
        return !constructors.isEmpty()
                && constructors.stream().allMatch(each -> each.getModifiers().contains(Modifier.PRIVATE));
    }
}
