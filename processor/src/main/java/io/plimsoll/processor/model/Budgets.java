package io.plimsoll.processor.model;

import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Knows where somebody has answered the question for a budget: {@code @Timeout} or {@code @NoTimeout}. */
public final class Budgets {

    private static final Set<String> ANSWERS = Set.of(Timeout.class.getName(), NoTimeout.class.getName());

    private final Compilation compilation;

    public Budgets(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Whether a budget or an opt-out covers all methods of a type, or may do so once the code compiles. */
    public boolean isAnswered(TypeElement type) {
        List<Element> around = new ArrayList<>(compilation.hierarchy().of(type));
        around.add(compilation.elements().getPackageOf(type));
        return compilation.hierarchy().hasUnknownSupertype(type)
                || around.stream().anyMatch(this::isAnswered);
    }

    /** Whether one stands on a method, on what it overrides, or on its package. */
    public boolean isAnswered(ExecutableElement method, TypeElement type) {
        List<Element> around = new ArrayList<>(compilation.hierarchy().declarations(method, type));
        around.add(compilation.elements().getPackageOf(method));
        return around.stream().anyMatch(this::isAnswered);
    }

    private boolean isAnswered(Element element) {
        return compilation.annotations().find(element, ANSWERS) != null
                || element.getAnnotationMirrors().stream().anyMatch(mirror -> Mirrors.type(mirror) == null);
    }
}
