package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.companion.EntryPoints;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Forbids an idempotent method without a key where no request brings one. */
@AutoService(ElementRule.class)
public final class MissingIdempotencyKey implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Declared promise = Declared.find(Idempotent.class, element, compilation);
        if (promise == null || !(element instanceof ExecutableElement method)) {
            return;
        }
        AnnotationValue key = promise.annotation().value("key");
        TypeElement type = Hierarchy.owner(method);
        if (key != null && "".equals(key.getValue()) && !mayBeHandler(method, type, compilation)) {
            findings.report(promise.place(method), missing(method));
        }
    }

    /** In an interface or an abstract class nothing is certain: a controller may extend it. */
    private static boolean mayBeHandler(ExecutableElement method, TypeElement type, Compilation compilation) {
        CallsFromOutside calls = new CallsFromOutside(compilation);
        return type.getKind().isInterface()
                || type.getModifiers().contains(Modifier.ABSTRACT)
                || compilation.hierarchy().hasUnknownSupertype(type)
                || calls.isMapped(method, type)
                || bringsEventId(method, type, compilation);
    }

    /** Whether the messages that a method is called for bring the id of their event. */
    static boolean bringsEventId(ExecutableElement method, TypeElement type, Compilation compilation) {
        return compilation.hierarchy().declarations(method, type).stream()
                .anyMatch(each -> compilation.annotations().find(each, EntryPoints.WITH_EVENT_ID) != null);
    }

    private static Message missing(ExecutableElement method) {
        return new Message(
                "@Idempotent on " + Declared.name(method) + " has no key",
                "Only a request brings a key, in its Idempotency-Key header, and a message of Kafka or RabbitMQ, in the id"
                        + " of its event; no other call could be recognized when it is repeated",
                method.getParameters().isEmpty()
                        ? "give " + method.getSimpleName() + " a parameter that tells its calls apart, and name it:"
                                + " key = \"#id\""
                        : "key = \"#" + method.getParameters().get(0).getSimpleName()
                                + "\", or what else tells its calls apart");
    }
}
