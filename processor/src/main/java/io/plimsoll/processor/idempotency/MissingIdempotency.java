package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Forbids a handler of POST or PATCH, and a message listener, that does not say what a repeated call does; and an
 * opt-out that gives no reason.
 */
@AutoService(ElementRule.class)
public final class MissingIdempotency implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.ADOPT ? Severity.WARN : Severity.ERROR;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (element instanceof TypeElement type && !compilation.hierarchy().hasUnknownSupertype(type)) {
            checkEntryPoints(type, compilation, findings);
        } else if (element instanceof ExecutableElement method && method.getKind() == ElementKind.METHOD) {
            checkReason(method, compilation, findings);
        }
    }

    private static void checkEntryPoints(TypeElement type, Compilation compilation, Findings findings) {
        CallsFromOutside calls = new CallsFromOutside(compilation);
        CallsFromOutside.Role role = calls.role(type);
        if (role == null || role.client()) {
            return;
        }
        for (ExecutableElement method : compilation.hierarchy().methods(type)) {
            Message missing = missing(method, type, calls.kind(method, type, role), compilation);
            if (missing != null && !isAnswered(method, type, compilation)) {
                // An inherited method may be compiled already: the type that makes it an entry point is here.
                findings.report(Place.of(Hierarchy.owner(method).equals(type) ? method : type), missing);
            }
        }
    }

    private static boolean isAnswered(ExecutableElement method, TypeElement type, Compilation compilation) {
        return Declared.find(OutboxListener.class, method, type, compilation) != null // Exactly once by itself.
                || Declared.find(Idempotent.class, method, type, compilation) != null
                || Declared.find(NotIdempotent.class, method, type, compilation) != null
                || Declared.mayBeAnnotated(compilation.hierarchy().declarations(method, type));
    }

    private static @Nullable Message missing(
            ExecutableElement method, TypeElement type, CallsFromOutside.@Nullable Kind kind, Compilation compilation) {
        String subject = "The " + kind + " " + type.getSimpleName() + "." + method.getSimpleName();
        String what = subject + " does not say what a repeated call does";
        if (kind == CallsFromOutside.Kind.REQUEST_HANDLER && Handlers.writes(method, type, compilation)) {
            return new Message(
                    what,
                    "A client that got no answer sends the request again, and what it asked for happens twice",
                    "@Idempotent, or @NotIdempotent(reason = \"...\")");
        }
        if (kind == CallsFromOutside.Kind.MESSAGE_LISTENER) {
            return new Message(
                    what,
                    "Brokers deliver a message again after a crash or a timeout, and what it asks for happens twice",
                    "@Idempotent(key = \"...\") with what tells the messages apart, or @NotIdempotent(reason ="
                            + " \"...\")");
        }
        return null;
    }

    private static void checkReason(ExecutableElement method, Compilation compilation, Findings findings) {
        Merged optOut = compilation.annotations().find(method, NotIdempotent.class.getName());
        AnnotationValue reason = optOut == null ? null : optOut.writtenValue("reason");
        if (optOut != null && reason != null && reason.getValue() instanceof String text && text.isBlank()) {
            findings.report(
                    Place.of(method, optOut.root(), reason),
                    new Message(
                            "@NotIdempotent on " + Declared.name(method) + " gives no reason",
                            "The next reader cannot tell a decision from a shortcut",
                            "reason = \"why a second call does no harm\", or @Idempotent instead"));
        }
    }
}
