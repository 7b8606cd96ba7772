package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.DataAccess;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Transactions;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Forbids an idempotent method whose transaction could not record the outcome, and one of a repository. */
@AutoService(ElementRule.class)
public final class IdempotentReadOnly implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Declared promise = Declared.find(Idempotent.class, element, compilation);
        if (promise == null || !(element instanceof ExecutableElement method)) {
            return;
        }
        TypeElement type = Hierarchy.owner(method);
        if (new DataAccess(compilation).isSpringData(type)) {
            findings.report(promise.place(method), repository(method));
        } else if (new Transactions(compilation).isReadOnly(method, type)) {
            findings.report(promise.place(method), readOnly(method));
        }
    }

    private static Message readOnly(ExecutableElement method) {
        return new Message(
                Declared.name(method) + " is @Idempotent in a read-only transaction",
                "Its outcome is recorded in that very transaction, and the database would refuse to write it",
                "delete @Idempotent if the method only reads, or else readOnly = true");
    }

    private static Message repository(ExecutableElement method) {
        return new Message(
                Declared.name(method) + " is @Idempotent and belongs to a Spring Data repository",
                "One statement is not what a client repeats, and the repository brings a transaction of its own",
                "move @Idempotent to the service method that calls it");
    }
}
