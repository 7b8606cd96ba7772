package io.plimsoll.processor.model;

import java.util.stream.Collectors;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Names of types as one writes them in code that imports them. */
public final class SimpleNames {

    private SimpleNames() {}

    /** {@code List<Order>}: without packages, and without annotations, which {@code toString()} would print. */
    public static String of(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return of(array.getComponentType()) + "[]";
        }
        if (!(type instanceof DeclaredType declared)) {
            return type.toString();
        }
        String name = declared.asElement().getSimpleName().toString();
        return declared.getTypeArguments().isEmpty()
                ? name
                : declared.getTypeArguments().stream()
                        .map(SimpleNames::of)
                        .collect(Collectors.joining(", ", name + "<", ">"));
    }
}
