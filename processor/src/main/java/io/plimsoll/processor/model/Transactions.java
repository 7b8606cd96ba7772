package io.plimsoll.processor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Reads {@code @Transactional}, Spring's and Jakarta's, as Spring does. */
public final class Transactions {

    private static final Set<String> TRANSACTIONAL = Set.of(
            "org.springframework.transaction.annotation.Transactional",
            "jakarta.transaction.Transactional",
            "javax.transaction.Transactional");

    private static final Set<String> NONE = Set.of("NEVER", "NOT_SUPPORTED", "SUPPORTS");

    private static final Pattern BROKER = Pattern.compile("(?i)kafka|rabbit|jms|pulsar");

    private final Compilation compilation;

    public Transactions(Compilation compilation) {
        this.compilation = compilation;
    }

    /** The first that Spring would find: on the method, its class, the superclasses, then what it implements. */
    public @Nullable Merged find(ExecutableElement method, TypeElement type) {
        List<Element> places = new ArrayList<>();
        places.add(method);
        places.addAll(compilation.hierarchy().of(type));
        places.addAll(compilation.hierarchy().declarations(method, type));
        for (Element place : places) {
            Merged transactional = compilation.annotations().find(place, TRANSACTIONAL);
            if (transactional != null) {
                return transactional;
            }
        }
        return null;
    }

    /** Whether a method runs in a transaction whoever calls it through the proxy. */
    public boolean isTransactional(ExecutableElement method, TypeElement type) {
        Merged found = find(method, type);
        if (found == null) {
            return false;
        }
        AnnotationValue propagation = found.value("propagation"); // Spring's name for it; value is Jakarta's.
        AnnotationValue chosen = propagation != null ? propagation : found.value("value");
        return chosen == null
                || !(chosen.getValue() instanceof VariableElement constant)
                || !NONE.contains(constant.getSimpleName().toString());
    }

    /** Whether a transaction is asked for on an element itself. */
    public boolean isWrittenOn(Element element) {
        return compilation.annotations().find(element, TRANSACTIONAL) != null;
    }

    /** Whether the transaction is one of a message broker, as far as the name of its manager tells. */
    public boolean isOfBroker(ExecutableElement method, TypeElement type) {
        Merged found = find(method, type);
        AnnotationValue manager = found == null ? null : found.value("transactionManager");
        return manager != null && BROKER.matcher(manager.toString()).find();
    }

    public boolean isReadOnly(ExecutableElement method, TypeElement type) {
        Merged found = find(method, type);
        AnnotationValue readOnly = found == null ? null : found.value("readOnly");
        return readOnly != null && Boolean.TRUE.equals(readOnly.getValue());
    }
}
