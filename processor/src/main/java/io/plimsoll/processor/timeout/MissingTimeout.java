package io.plimsoll.processor.timeout;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Budgets;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.timeout.NoTimeout;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Forbids an entry point, and a method of an HTTP client, that no budget covers and that does not say why; and an
 * opt-out that gives no reason.
 */
@AutoService(ElementRule.class)
public final class MissingTimeout implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.ADOPT ? Severity.WARN : Severity.ERROR;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        checkReason(element, compilation, findings);
        if (element instanceof TypeElement type) {
            CallsFromOutside calls = new CallsFromOutside(compilation);
            CallsFromOutside.Role role = calls.role(type);
            if (role != null && !new Budgets(compilation).isAnswered(type)) {
                checkMethods(type, role, calls, compilation, findings);
            }
        }
    }

    private static void checkMethods(
            TypeElement type,
            CallsFromOutside.Role role,
            CallsFromOutside calls,
            Compilation compilation,
            Findings findings) {
        Budgets budgets = new Budgets(compilation);
        for (ExecutableElement method : compilation.hierarchy().methods(type)) {
            CallsFromOutside.Kind kind = calls.kind(method, type, role);
            if (kind != null && !budgets.isAnswered(method, type)) {
                // An inherited method may be compiled already: the type that makes it an entry point is here.
                boolean own = Hierarchy.owner(method).equals(type);
                findings.report(Place.of(own ? method : type), missing(kind, type, method));
            }
        }
    }

    private static Message missing(CallsFromOutside.Kind kind, TypeElement type, ExecutableElement method) {
        return new Message(
                "The " + kind + " " + type.getSimpleName() + "." + method.getSimpleName() + " has no time budget",
                "One slow dependency holds its threads and connections until the whole service stands still",
                "@Timeout(\"2s\") on the method, its class or package-info.java, or @NoTimeout(reason = \"...\")");
    }

    private static void checkReason(Element element, Compilation compilation, Findings findings) {
        for (Merged merged : compilation.annotations().on(element)) {
            if (merged.type().getQualifiedName().contentEquals(NoTimeout.class.getName())) {
                AnnotationValue reason = merged.writtenValue("reason");
                if (reason != null && reason.getValue() instanceof String text && text.isBlank()) {
                    findings.report(Place.of(element, merged.root(), reason), blank(element));
                }
            }
        }
    }

    private static Message blank(Element element) {
        return new Message(
                "@NoTimeout on " + name(element) + " gives no reason",
                "The next reader cannot tell a decision from a shortcut",
                "reason = \"why no budget is right here\", or @Timeout(\"2s\") instead");
    }

    private static String name(Element element) {
        return element instanceof ExecutableElement method
                ? Hierarchy.owner(method).getSimpleName() + "." + method.getSimpleName()
                : element.getSimpleName().toString();
    }
}
