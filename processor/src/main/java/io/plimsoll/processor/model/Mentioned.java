package io.plimsoll.processor.model;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/** Knows which types a type is made of. */
public final class Mentioned {

    private Mentioned() {}

    /**
     * The type and what is inside it - the elements of an array, the type arguments at any depth - the outermost first:
     * an {@code Optional<Order>} mentions {@code Order}. A {@code Class<Order>} does not: it holds no order.
     */
    public static List<TypeElement> in(TypeMirror type) {
        List<TypeElement> found = new ArrayList<>();
        add(type, found);
        return found;
    }

    private static void add(TypeMirror type, List<TypeElement> found) {
        if (type instanceof ArrayType array) {
            add(array.getComponentType(), found);
        } else if (type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
            add(wildcard.getExtendsBound(), found);
        } else if (type.getKind() == TypeKind.DECLARED && type instanceof DeclaredType declared) {
            TypeElement element = (TypeElement) declared.asElement();
            found.add(element);
            if (!element.getQualifiedName().contentEquals("java.lang.Class")) {
                declared.getTypeArguments().forEach(argument -> add(argument, found));
            }
        }
    }
}
