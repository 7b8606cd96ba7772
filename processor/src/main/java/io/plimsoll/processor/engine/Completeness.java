package io.plimsoll.processor.engine;

import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Mirrors;
import java.util.Collection;
import java.util.function.Predicate;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that rules and companions look at exists: supertypes, annotations and the types of parameters. Only
 * sources are asked. What is compiled may well lack an optional supertype, and will lack it for ever.
 */
final class Completeness {

    private final Collection<TypeElement> sources;
    private final @Nullable Trees trees;
    private final Predicate<Element> canBeJudged;

    /** @param canBeJudged whether rules have all that they need for an element that is otherwise complete */
    Completeness(Collection<TypeElement> sources, @Nullable Trees trees, Predicate<Element> canBeJudged) {
        this.sources = sources;
        this.trees = trees;
        this.canBeJudged = canBeJudged;
    }

    boolean isComplete(Element element) {
        if (!element.getAnnotationMirrors().stream().allMatch(Completeness::exists)) {
            return false;
        }
        if (element.getKind() == ElementKind.PACKAGE) {
            return true;
        }
        if (element instanceof TypeElement type) {
            return hasName(type)
                    && hasSupertypes(type)
                    && (trees == null || !WrittenAnnotations.lacksAny(type, trees))
                    && type.getEnclosedElements().stream().allMatch(this::isComplete);
        }
        if (element instanceof ExecutableElement method) {
            return method.getParameters().stream()
                            .allMatch(parameter -> exists(parameter.asType()) && isComplete((Element) parameter))
                    && canBeJudged.test(method);
        }
        return true;
    }

    /** A syntax error can take it away. */
    private static boolean hasName(TypeElement type) {
        return SourceVersion.isName(type.getQualifiedName());
    }

    private boolean hasSupertypes(TypeElement type) {
        return isComplete(type.getSuperclass()) && type.getInterfaces().stream().allMatch(this::isComplete);
    }

    private boolean isComplete(TypeMirror supertype) {
        if (supertype.getKind() != TypeKind.DECLARED) {
            return supertype.getKind() != TypeKind.ERROR;
        }
        TypeElement type = (TypeElement) ((DeclaredType) supertype).asElement();
        return !sources.contains(type) || hasSupertypes(type);
    }

    private static boolean exists(AnnotationMirror mirror) {
        return Mirrors.type(mirror) != null
                && mirror.getElementValues().values().stream().noneMatch(Mirrors::isUnresolved);
    }

    private static boolean exists(TypeMirror type) {
        return type instanceof ArrayType array ? exists(array.getComponentType()) : type.getKind() != TypeKind.ERROR;
    }
}
