package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Forbids an idempotent method whose transaction could not record the outcome, and one of a repository. */
@AutoService(ElementRule.class)
public final class IdempotentReadOnly implements ElementRule {

    private static final String TRANSACTIONAL = "org.springframework.transaction.annotation.Transactional";
    private static final String REPOSITORY = "org.springframework.data.repository.Repository";
    private static final String REPOSITORY_DEFINITION = "org.springframework.data.repository.RepositoryDefinition";

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Declared promise = Declared.find(Idempotent.class, element, compilation);
        if (promise == null || !(element instanceof ExecutableElement method)) {
            return;
        }
        TypeElement type = Hierarchy.owner(method);
        if (isRepository(type, compilation)) {
            findings.report(promise.place(method), repository(method));
        } else if (isReadOnly(method, type, compilation)) {
            findings.report(promise.place(method), readOnly(method));
        }
    }

    private static boolean isRepository(TypeElement type, Compilation compilation) {
        return compilation.hierarchy().of(type).stream()
                .anyMatch(each -> each.getQualifiedName().contentEquals(REPOSITORY)
                        || compilation.annotations().find(each, REPOSITORY_DEFINITION) != null);
    }

    /** The first that Spring would find: on the method, its class, the superclasses, then what it implements. */
    private static boolean isReadOnly(ExecutableElement method, TypeElement type, Compilation compilation) {
        List<Element> places = new ArrayList<>();
        places.add(method);
        places.addAll(compilation.hierarchy().of(type));
        places.addAll(compilation.hierarchy().declarations(method, type));
        for (Element place : places) {
            Merged transactional = compilation.annotations().find(place, TRANSACTIONAL);
            if (transactional != null) {
                AnnotationValue readOnly = transactional.value("readOnly");
                return readOnly != null && Boolean.TRUE.equals(readOnly.getValue());
            }
        }
        return false;
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
