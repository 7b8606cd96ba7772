package io.plimsoll.processor.outbox;

import com.google.auto.service.AutoService;
import io.plimsoll.companion.AsynchronousTypes;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.key.Events;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Forbids an outboxed method whose result is no event: nothing, something that comes later, or can be read only once. */
@AutoService(ElementRule.class)
public final class UnpublishableResult implements ElementRule {

    private static final Set<String> READ_ONCE = Set.of("java.util.stream.BaseStream", "java.util.Iterator");

    private static final Set<String> PUBLISHERS = Set.of("java.util.concurrent.Flow.Publisher");

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Published published = Published.find(element, compilation);
        if (published == null || !(element instanceof ExecutableElement method)) {
            return;
        }
        Message problem = problem(published, method.getReturnType(), compilation);
        TypeMirror event = problem == null ? Events.type(published.annotation(), method, compilation) : null;
        if (event != null && !isNothing(event)) {
            problem = problem(published, event, compilation);
        }
        if (problem != null) {
            findings.report(published.place(null), problem);
        }
    }

    private static boolean isNothing(TypeMirror type) {
        return type.getKind() == TypeKind.VOID
                || (type instanceof DeclaredType declared
                        && ((TypeElement) declared.asElement())
                                .getQualifiedName()
                                .contentEquals("java.lang.Void"));
    }

    private static @Nullable Message problem(Published published, TypeMirror type, Compilation compilation) {
        String method = published.element().getSimpleName().toString();
        if (isNothing(type)) {
            return new Message(
                    published.name() + " is @Outboxed and returns nothing",
                    "What it returns is the event, so it would publish none",
                    "return the event from " + method + ", or call Outbox.publish(...) in "
                            + Hierarchy.owner((ExecutableElement) published.element())
                                    .getSimpleName() + "." + method);
        }
        if (isAny(type, AsynchronousTypes.NAMES, compilation) || isAny(type, PUBLISHERS, compilation)) {
            return new Message(
                    published.name() + " is @Outboxed and returns " + name(type),
                    "The event comes later, and by then the transaction it belongs to is over",
                    "return the event itself, or call Outbox.publish(...) in a transaction where it is there");
        }
        if (isAny(type, READ_ONCE, compilation)) {
            return new Message(
                    published.name() + " is @Outboxed and returns " + name(type),
                    "It can be read once only, and who called would find it empty",
                    "return a List");
        }
        return null;
    }

    private static String name(TypeMirror type) {
        String name = ((DeclaredType) type).asElement().getSimpleName().toString();
        return (name.matches("[AEIOU].*") ? "an " : "a ") + name;
    }

    private static boolean isAny(TypeMirror type, Set<String> names, Compilation compilation) {
        return type instanceof DeclaredType declared
                && type.getKind() == TypeKind.DECLARED
                && compilation.hierarchy().of((TypeElement) declared.asElement()).stream()
                        .anyMatch(each -> names.contains(each.getQualifiedName().toString()));
    }
}
