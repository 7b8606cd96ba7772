package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Warns of a retry of a POST or PATCH that an HTTP client declared as an interface sends, where nothing tells the other
 * side that the second request is the first one again.
 */
@AutoService(ElementRule.class)
public final class RetryWithoutIdempotency implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (!(element instanceof TypeElement type)
                || type.getKind() != ElementKind.INTERFACE
                || compilation.hierarchy().hasUnknownSupertype(type)) {
            return;
        }
        CallsFromOutside calls = new CallsFromOutside(compilation);
        CallsFromOutside.Role role = calls.role(type);
        if (role == null || !role.client()) {
            return;
        }
        for (ExecutableElement method : compilation.hierarchy().methods(type)) {
            Retry retry = calls.kind(method, type, role) == null ? null : Retry.of(method, type, compilation);
            if (retry != null
                    && Handlers.writes(method, type, compilation)
                    && !isAnswered(method, type, compilation)
                    && !KeyHeader.maySend(method, type, compilation)) {
                // An inherited method may be compiled already: the type that makes it a client is here.
                Element here = Hierarchy.owner(method).equals(type) ? method : type;
                findings.report(
                        retry.on().equals(here)
                                ? Place.of(here, retry.annotation().root(), null)
                                : Place.of(here),
                        message(retry, type, method));
            }
        }
    }

    private static boolean isAnswered(ExecutableElement method, TypeElement type, Compilation compilation) {
        return Declared.find(Idempotent.class, method, type, compilation) != null
                || Declared.find(NotIdempotent.class, method, type, compilation) != null
                || Declared.mayBeAnnotated(compilation.hierarchy().declarations(method, type));
    }

    private static Message message(Retry retry, TypeElement type, ExecutableElement method) {
        return new Message(
                "@" + retry.annotation().type().getSimpleName() + " repeats " + type.getSimpleName() + "."
                        + method.getSimpleName() + ", which sends POST or PATCH without an Idempotency-Key",
                "If only the answer was lost, the other side has done its work, and now does it twice",
                "a parameter @RequestHeader(\"Idempotency-Key\") String key that stays the same across attempts, if the"
                        + " other side knows it; or @NotIdempotent(reason = \"...\")");
    }
}
