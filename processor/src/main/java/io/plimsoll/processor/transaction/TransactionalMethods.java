package io.plimsoll.processor.transaction;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.TestClasses;
import io.plimsoll.processor.model.Transactions;
import java.util.Collections;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Knows the methods whose whole body runs in a database transaction, on the thread of the caller. */
final class TransactionalMethods {

    private static final Set<Modifier> NO_PROXY = Set.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);

    private final TestClasses tests = new TestClasses();

    boolean isTransactional(ExecutableElement method, Compilation compilation) {
        TypeElement type = Hierarchy.owner(method);
        return method.getKind() == ElementKind.METHOD
                && Collections.disjoint(method.getModifiers(), NO_PROXY)
                && type.getKind() == ElementKind.CLASS
                && (type.getNestingKind() == NestingKind.TOP_LEVEL || type.getNestingKind() == NestingKind.MEMBER)
                && (isDeclared(method, type, compilation)
                        || isOutboxed(method, type, compilation)
                        || isIdempotent(method, type, compilation))
                && !isReactive(method.getReturnType())
                && !tests.isTest(type, compilation);
    }

    private static boolean isDeclared(ExecutableElement method, TypeElement type, Compilation compilation) {
        Transactions transactions = new Transactions(compilation);
        return transactions.isTransactional(method, type)
                && !transactions.isOfBroker(method, type)
                // Before Spring 6 what stands on the type covers public methods alone.
                && (method.getModifiers().contains(Modifier.PUBLIC) || transactions.isWrittenOn(method));
    }

    /** It joins a transaction, or has one of its own. */
    private static boolean isOutboxed(ExecutableElement method, TypeElement type, Compilation compilation) {
        return compilation.hierarchy().declarations(method, type).stream()
                .anyMatch(each -> compilation.annotations().find(each, Outboxed.class.getName()) != null);
    }

    /** Mode AUTO depends on the store, which the compiler does not know. */
    private static boolean isIdempotent(ExecutableElement method, TypeElement type, Compilation compilation) {
        for (ExecutableElement declaration : compilation.hierarchy().declarations(method, type)) {
            Merged promise = compilation.annotations().find(declaration, Idempotent.class.getName());
            if (promise != null) {
                AnnotationValue mode = promise.value("mode");
                return mode != null
                        && mode.getValue() instanceof VariableElement constant
                        && constant.getSimpleName().contentEquals(Mode.TRANSACTIONAL.name());
            }
        }
        return false;
    }

    /** Such a method puts work together that a subscriber starts, and its transaction is not bound to a thread. */
    private static boolean isReactive(TypeMirror result) {
        String type = result.toString();
        return type.startsWith("reactor.core.publisher.") || type.startsWith("org.reactivestreams.");
    }
}
