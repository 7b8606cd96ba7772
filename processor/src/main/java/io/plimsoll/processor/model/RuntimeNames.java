package io.plimsoll.processor.model;

import io.plimsoll.companion.CompiledSite;
import java.util.Locale;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Names of types as reflection gives them at run time. */
public final class RuntimeNames {

    private final Elements elements;
    private final Types types;

    public RuntimeNames(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** As {@link Class#getName()}, but for arrays: see {@link #className}. */
    public String binaryName(TypeElement type) {
        return elements.getBinaryName(type).toString();
    }

    /** As {@link CompiledSite#methodId}. */
    public String methodId(ExecutableElement method) {
        return CompiledSite.methodId(
                method.getSimpleName().toString(),
                method.getParameters().stream().map(parameter -> typeName(parameter.asType())));
    }

    /** As {@link Class#getTypeName()} of the erased type: {@code java.util.Map$Entry[]}. */
    public String typeName(TypeMirror type) {
        TypeMirror erased = types.erasure(type);
        if (erased instanceof ArrayType array) {
            return typeName(array.getComponentType()) + "[]";
        }
        if (erased instanceof DeclaredType declared) {
            return binaryName((TypeElement) declared.asElement());
        }
        // Not toString(): it would print annotations of the type as well.
        return erased.getKind().name().toLowerCase(Locale.ROOT);
    }

    /** As {@link Class#getName()} of a class literal: {@code [Ljava.lang.String;} for {@code String[].class}. */
    public String className(TypeMirror type) {
        TypeMirror erased = types.erasure(type);
        return erased instanceof ArrayType array ? "[" + descriptor(array.getComponentType()) : typeName(erased);
    }

    private String descriptor(TypeMirror component) {
        return switch (component.getKind()) {
            case BOOLEAN -> "Z";
            case BYTE -> "B";
            case CHAR -> "C";
            case DOUBLE -> "D";
            case FLOAT -> "F";
            case INT -> "I";
            case LONG -> "J";
            case SHORT -> "S";
            case ARRAY -> className(component);
            default -> "L" + className(component) + ";";
        };
    }
}
