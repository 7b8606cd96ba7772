package io.plimsoll.processor.key;

import com.palantir.javapoet.TypeName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** What expressions ask of types. */
final class JavaTypes {

    private static final Set<String> INTEGRAL =
            Set.of("java.lang.Byte", "java.lang.Short", "java.lang.Integer", "java.lang.Long");
    private static final Set<String> FLOATING = Set.of("java.lang.Float", "java.lang.Double");

    private final Elements elements;
    private final Types types;

    JavaTypes(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    Types model() {
        return types;
    }

    TypeMirror of(Class<?> type) {
        return Objects.requireNonNull(elements.getTypeElement(type.getName())).asType();
    }

    TypeMirror boxed(TypeMirror type) {
        return type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
    }

    static boolean is(TypeMirror type, String name) {
        return type instanceof DeclaredType declared
                && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(name);
    }

    static boolean is(TypeMirror type, Class<?> wanted) {
        return is(type, wanted.getName());
    }

    /** The element of a class or an interface; null for anything else. */
    static @Nullable TypeElement element(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED ? (TypeElement) ((DeclaredType) type).asElement() : null;
    }

    boolean isIntegral(TypeMirror type) {
        TypeElement element = element(boxed(type));
        return element != null && INTEGRAL.contains(element.getQualifiedName().toString());
    }

    boolean isFloating(TypeMirror type) {
        TypeElement element = element(boxed(type));
        return element != null && FLOATING.contains(element.getQualifiedName().toString());
    }

    boolean isBoolean(TypeMirror type) {
        return is(boxed(type), Boolean.class);
    }

    boolean isAssignable(TypeMirror from, TypeMirror to) {
        return types.isAssignable(from, to);
    }

    /** Whether an object may be of both types. */
    boolean mayShareValues(TypeMirror a, TypeMirror b) {
        TypeMirror left = types.erasure(boxed(a));
        TypeMirror right = types.erasure(boxed(b));
        return types.isAssignable(left, right)
                || types.isAssignable(right, left)
                || (isOpen(left) && isInterface(right))
                || (isOpen(right) && isInterface(left));
    }

    private static boolean isInterface(TypeMirror type) {
        TypeElement element = element(type);
        return element != null && element.getKind().isInterface();
    }

    private static boolean isOpen(TypeMirror type) {
        TypeElement element = element(type);
        return element != null && !element.getModifiers().contains(Modifier.FINAL);
    }

    /** The type or that supertype of it which is the given class, with its type arguments; null if it is none. */
    @Nullable
    DeclaredType as(TypeMirror type, Class<?> wanted) {
        Queue<TypeMirror> queue = new ArrayDeque<>();
        queue.add(type);
        while (!queue.isEmpty()) {
            TypeMirror next = queue.remove();
            if (is(next, wanted)) {
                return (DeclaredType) next;
            }
            if (next.getKind() == TypeKind.DECLARED) {
                queue.addAll(types.directSupertypes(next));
            }
        }
        return null;
    }

    /** A type argument of a supertype, as far as it is known: {@code Object} where it is not. */
    TypeMirror argument(DeclaredType type, int index) {
        return type.getTypeArguments().size() > index
                ? open(type.getTypeArguments().get(index))
                : of(Object.class);
    }

    /** A type that can be named outside of its method: instead of a type variable or a wildcard, what bounds it. */
    TypeMirror open(TypeMirror type) {
        return open(type, 0);
    }

    private TypeMirror open(TypeMirror type, int depth) {
        if (depth > 4) {
            return types.erasure(type); // class A<T extends A<T>> has no end.
        }
        if (type instanceof TypeVariable variable) {
            return open(variable.getUpperBound(), depth + 1);
        }
        if (type instanceof WildcardType wildcard) {
            TypeMirror bound = wildcard.getExtendsBound();
            return bound == null ? of(Object.class) : open(bound, depth + 1);
        }
        if (type instanceof IntersectionType intersection) {
            return open(intersection.getBounds().get(0), depth + 1);
        }
        if (type instanceof ArrayType array) {
            TypeMirror component = array.getComponentType();
            TypeMirror opened = open(component, depth + 1);
            return opened == component ? type : types.getArrayType(opened);
        }
        TypeElement element = element(type);
        return element == null || ((DeclaredType) type).getTypeArguments().isEmpty()
                ? type
                : openArguments((DeclaredType) type, element, depth);
    }

    private TypeMirror openArguments(DeclaredType type, TypeElement element, int depth) {
        boolean inner = element.getKind() == ElementKind.CLASS
                && element.getEnclosingElement() instanceof TypeElement
                && !element.getModifiers().contains(Modifier.STATIC);
        if (inner) {
            return types.erasure(type); // An inner class of a generic one: nobody has that in a key.
        }
        List<? extends TypeMirror> written = type.getTypeArguments();
        List<TypeMirror> opened = new ArrayList<>();
        written.forEach(argument -> opened.add(openArgument(argument, depth)));
        // What need not be made anew is left alone: to ecj equal types are not always the same.
        return opened.equals(written) ? type : types.getDeclaredType(element, opened.toArray(TypeMirror[]::new));
    }

    private TypeMirror openArgument(TypeMirror argument, int depth) {
        if (argument instanceof WildcardType wildcard) {
            TypeMirror bound = wildcard.getExtendsBound();
            if (wildcard.getSuperBound() != null) {
                return upTo(of(Object.class)); // It may name a type variable, and says nothing of what comes out.
            }
            TypeMirror opened = bound == null ? null : open(bound, depth + 1);
            return opened == null || opened == bound ? argument : upTo(opened);
        }
        TypeMirror opened = open(argument, depth + 1);
        return opened == argument ? argument : upTo(opened);
    }

    private TypeMirror upTo(TypeMirror bound) {
        return types.getWildcardType(is(bound, Object.class) ? null : bound, null);
    }

    /** A type as a developer would write it: {@code List<Order>}. */
    static String name(TypeMirror type) {
        return TypeName.get(type).toString().replaceAll("\\b(?:\\p{Ll}[\\w$]*\\.)+(?=\\p{Lu})", "");
    }

    /** Whether a type, or a part of it, does not exist. */
    static boolean isUnknown(TypeMirror type) {
        return type instanceof ArrayType array
                ? isUnknown(array.getComponentType())
                : Set.of(TypeKind.ERROR, TypeKind.OTHER, TypeKind.VOID).contains(type.getKind());
    }
}
