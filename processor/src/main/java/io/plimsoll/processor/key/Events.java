package io.plimsoll.processor.key;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/** Knows what the events are that a method or a type publishes. */
public final class Events {

    private static final String PAYLOAD = "payload";

    private Events() {}

    /**
     * The type of one event: of a type itself; of a method what it returns, or what the expression in the attribute
     * {@code payload} makes of that, or one of these if there are several.
     *
     * @return null if it is not known, because the expression is refused
     */
    public static @Nullable TypeMirror type(Merged annotation, Element site, Compilation compilation) {
        if (!(site instanceof ExecutableElement method)) {
            return site.asType();
        }
        AnnotationValue payload = annotation.value(PAYLOAD);
        TypeMirror all = payload != null && payload.getValue() instanceof String text && !text.isEmpty()
                ? CompiledKey.of(text, annotation, PAYLOAD, method, compilation).type()
                : method.getReturnType();
        return all == null ? null : one(all, new JavaTypes(compilation.elements(), compilation.types()));
    }

    private static TypeMirror one(TypeMirror type, JavaTypes types) {
        if (type instanceof ArrayType array) {
            return array.getComponentType();
        }
        if (type instanceof TypeVariable) {
            return type;
        }
        for (Class<?> holder : new Class<?>[] {Iterable.class, Optional.class}) {
            DeclaredType held = types.as(type, holder);
            if (held != null) {
                return held.getTypeArguments().isEmpty()
                        ? types.of(Object.class)
                        : held.getTypeArguments().get(0);
            }
        }
        return type;
    }
}
