package io.plimsoll.processor.outbox;

import io.plimsoll.companion.AsynchronousTypes;
import io.plimsoll.processor.model.Compilation;
import java.util.Objects;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** Finds the class among those that an event may be of that certainly has no usable type on the wire. */
final class Unversioned {

    private final Compilation compilation;

    Unversioned(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Null if there is none, or none that is certain: of an interface or a type variable anything may come. */
    @Nullable
    TypeElement in(TypeMirror event) {
        if (event instanceof PrimitiveType primitive) {
            return compilation.types().boxedClass(primitive);
        }
        if (event instanceof WildcardType wildcard) {
            return wildcard.getExtendsBound() == null ? null : in(wildcard.getExtendsBound());
        }
        return event instanceof DeclaredType declared && declared.asElement() instanceof TypeElement type
                ? in(type)
                : null;
    }

    private @Nullable TypeElement in(TypeElement type) {
        if (type.getModifiers().contains(Modifier.SEALED)) {
            TypeElement found = type.getPermittedSubclasses().stream()
                    .map(this::in)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            // A sealed class that is not abstract has events of its own.
            return found == null && isConcrete(type) && !isFine(type) ? type : found;
        }
        return isConcrete(type) && !isFine(type) ? type : null;
    }

    private boolean isConcrete(TypeElement type) {
        return type.getKind().isClass()
                && !type.getModifiers().contains(Modifier.ABSTRACT)
                && !type.getQualifiedName().contentEquals("java.lang.Object")
                && !type.getQualifiedName().contentEquals("java.lang.Void")
                && !isAsynchronous(type);
    }

    /** What is wrong with an annotation is shown there, if it is one that is compiled. */
    private boolean isFine(TypeElement type) {
        WireName name = WireName.of(type, compilation);
        return name == null
                ? WireName.isGiven(type, compilation)
                : name.isValid() || compilation.sources().contains(type);
    }

    private boolean isAsynchronous(TypeElement type) {
        return compilation.hierarchy().of(type).stream()
                .anyMatch(each ->
                        AsynchronousTypes.NAMES.contains(each.getQualifiedName().toString()));
    }

    /** Whether somebody here could write an annotation on a type. */
    static boolean isOwn(TypeElement type) {
        return !type.getQualifiedName().toString().startsWith("java.");
    }
}
