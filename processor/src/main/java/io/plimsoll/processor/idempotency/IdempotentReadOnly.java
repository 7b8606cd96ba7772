package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.DataAccess;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Transactions;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Forbids an idempotent or outboxed method whose transaction could write neither outcome nor event, and one of a repository. */
@AutoService(ElementRule.class)
public final class IdempotentReadOnly implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (element instanceof ExecutableElement method) {
            check(Idempotent.class, IdempotentReadOnly::whyOutcome, method, compilation, findings);
            check(Outboxed.class, IdempotentReadOnly::whyEvent, method, compilation, findings);
        }
    }

    private static String whyOutcome(boolean repository) {
        return repository
                ? "One statement is not what a client repeats, and the repository brings a transaction of its own"
                : "Its outcome is recorded in that very transaction, and the database would refuse to write it";
    }

    private static String whyEvent(boolean repository) {
        return repository
                ? "Its event would tell of one statement, and the repository brings a transaction of its own"
                : "Its event is written in that very transaction, and the database would refuse it";
    }

    private static void check(
            Class<?> annotation,
            Function<Boolean, String> why,
            ExecutableElement method,
            Compilation compilation,
            Findings findings) {
        Declared promise = Declared.find(annotation, method, compilation);
        if (promise == null) {
            return;
        }
        TypeElement type = Hierarchy.owner(method);
        String name = "@" + annotation.getSimpleName();
        if (new DataAccess(compilation).isSpringData(type)) {
            findings.report(
                    promise.place(method),
                    new Message(
                            Declared.name(method) + " is " + name + " and belongs to a Spring Data repository",
                            why.apply(true),
                            "move " + name + " to the service method that calls it"));
        } else if (new Transactions(compilation).isReadOnly(method, type)) {
            findings.report(
                    promise.place(method),
                    new Message(
                            Declared.name(method) + " is " + name + " in a read-only transaction",
                            why.apply(false),
                            "delete " + name + " if the method only reads, or else readOnly = true"));
        }
    }
}
