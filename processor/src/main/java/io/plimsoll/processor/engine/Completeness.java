package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.Mirrors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Whether all that rules and companions look at exists: supertypes, annotations and the types of parameters. */
final class Completeness {

    private Completeness() {}

    static boolean isComplete(Element element) {
        if (!element.getAnnotationMirrors().stream().allMatch(Completeness::isComplete)) {
            return false;
        }
        if (element.getKind() == ElementKind.PACKAGE) {
            return true;
        }
        if (element instanceof TypeElement type) {
            return hasCompleteSupertypes(type)
                    && type.getEnclosedElements().stream().allMatch(Completeness::isComplete);
        }
        if (element instanceof ExecutableElement method) {
            return method.getParameters().stream()
                    .allMatch(parameter -> exists(parameter.asType()) && isComplete((Element) parameter));
        }
        return true;
    }

    private static boolean hasCompleteSupertypes(TypeElement type) {
        return isCompleteSupertype(type.getSuperclass())
                && type.getInterfaces().stream().allMatch(Completeness::isCompleteSupertype);
    }

    private static boolean isCompleteSupertype(TypeMirror supertype) {
        if (supertype.getKind() == TypeKind.ERROR) {
            return false;
        }
        return !(supertype instanceof DeclaredType declared)
                || hasCompleteSupertypes((TypeElement) declared.asElement());
    }

    private static boolean isComplete(AnnotationMirror mirror) {
        return Mirrors.type(mirror) != null
                && mirror.getElementValues().values().stream().noneMatch(Mirrors::isUnresolved);
    }

    private static boolean exists(TypeMirror type) {
        return type instanceof ArrayType array ? exists(array.getComponentType()) : type.getKind() != TypeKind.ERROR;
    }
}
