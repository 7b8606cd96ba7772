package io.plimsoll.processor.injection;

import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Knows what a bean needs of itself, so that no constructor could take it. */
record Circles(Compilation compilation) {

    private static final String BEAN = "org.springframework.context.annotation.Bean";

    /** Whether the type may itself be what it needs, as a proxy, or make it in a factory method of its own. */
    boolean isPartOf(TypeElement type, TypeMirror needed) {
        return isAssignable(type.asType(), needed)
                || ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                        .anyMatch(method -> makes(method, needed));
    }

    private boolean makes(ExecutableElement method, TypeMirror needed) {
        return !method.getModifiers().contains(Modifier.STATIC)
                && isAssignable(method.getReturnType(), needed)
                && compilation.annotations().find(method, BEAN) != null;
    }

    private boolean isAssignable(TypeMirror type, TypeMirror needed) {
        return compilation
                .types()
                .isAssignable(
                        compilation.types().erasure(type), compilation.types().erasure(needed));
    }
}
