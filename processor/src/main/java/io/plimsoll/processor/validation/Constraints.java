package io.plimsoll.processor.validation;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mirrors;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Finds what Bean Validation would check in a type: constraints of the default group on fields, getters, the type itself
 * and its supertypes, and what a {@code @Valid} member leads to.
 */
final class Constraints {

    private static final Set<String> CONSTRAINT =
            Set.of("jakarta.validation.Constraint", "javax.validation.Constraint");

    static final Set<String> VALID = Set.of("jakarta.validation.Valid", "javax.validation.Valid");

    private static final Set<String> ENTITY = Set.of("jakarta.persistence.Entity", "javax.persistence.Entity");

    /** Their type arguments are what is validated. */
    private static final List<String> CONTAINERS =
            List.of("java.util.", "reactor.core.publisher.", "org.reactivestreams.", "io.reactivex.");

    private final Compilation compilation;
    private final Set<TypeElement> visited = new HashSet<>();

    Constraints(Compilation compilation) {
        this.compilation = compilation;
    }

    /** The first constraint of a type in words, {@code Order.name is @NotBlank}; null if there is none. */
    @Nullable
    String first(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return first(array.getComponentType());
        }
        if (type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
            return first(wildcard.getExtendsBound());
        }
        if (type.getKind() != TypeKind.DECLARED
                || !(type instanceof DeclaredType declared)
                || !(declared.asElement() instanceof TypeElement element)) {
            return null;
        }
        String name = element.getQualifiedName().toString();
        if (CONTAINERS.stream().anyMatch(name::startsWith)) {
            return firstOf(declared.getTypeArguments().stream().map(this::first));
        }
        boolean entity = ENTITY.stream().anyMatch(each -> Mirrors.written(element, each) != null);
        // An entity is validated before it is saved.
        return entity || name.startsWith("java.") || !visited.add(element) ? null : inBean(declared, element);
    }

    private @Nullable String inBean(DeclaredType bean, TypeElement element) {
        return firstOf(compilation.hierarchy().of(element).stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(type), type.getEnclosedElements().stream().filter(Constraints::isProperty)))
                .map(each -> each instanceof TypeElement type ? onType(type) : inProperty(bean, each)));
    }

    private static @Nullable String onType(TypeElement type) {
        String constraint = constraint(type);
        return constraint == null ? null : type.getSimpleName() + " is " + constraint;
    }

    private @Nullable String inProperty(DeclaredType bean, Element property) {
        String constraint = constraint(property);
        TypeMirror type = type(property.asType());
        if (constraint == null) {
            constraint = onArguments(type);
        }
        if (constraint != null) {
            Element owner = Objects.requireNonNull(property.getEnclosingElement());
            return owner.getSimpleName() + "." + property.getSimpleName() + " is " + constraint;
        }
        return isCascaded(property) || isCascaded(type)
                ? first(type(compilation.types().asMemberOf(bean, property)))
                : null;
    }

    /** {@code List<@NotBlank String>}. */
    private static @Nullable String onArguments(TypeMirror type) {
        return type instanceof DeclaredType declared
                ? firstOf(declared.getTypeArguments().stream().map(Constraints::constraint))
                : null;
    }

    /** Whether there is a {@code @Valid} on a member, or on a type argument. */
    static boolean isCascaded(AnnotatedConstruct place) {
        return place.getAnnotationMirrors().stream()
                        .map(Mirrors::type)
                        .anyMatch(type -> type != null
                                && VALID.contains(type.getQualifiedName().toString()))
                || (place instanceof DeclaredType declared
                        && declared.getTypeArguments().stream().anyMatch(Constraints::isCascaded));
    }

    private static TypeMirror type(TypeMirror member) {
        return member instanceof ExecutableType getter ? getter.getReturnType() : member;
    }

    private static boolean isProperty(Element member) {
        if (member.getModifiers().contains(Modifier.STATIC)) {
            return false;
        }
        String name = member.getSimpleName().toString();
        return member.getKind() == ElementKind.FIELD
                || (member instanceof ExecutableElement method
                        && method.getParameters().isEmpty()
                        && (name.startsWith("get") || name.startsWith("is")));
    }

    private static @Nullable String constraint(AnnotatedConstruct place) {
        return firstOf(place.getAnnotationMirrors().stream().map(Constraints::name));
    }

    /** The name of an annotation if it is a constraint, or holds constraints, of the default group. */
    private static @Nullable String name(AnnotationMirror mirror) {
        TypeElement type = Mirrors.type(mirror);
        if (type == null) {
            return null;
        }
        if (CONSTRAINT.stream().anyMatch(each -> Mirrors.written(type, each) != null)) {
            return isInDefaultGroup(mirror) ? "@" + type.getSimpleName() : null;
        }
        AnnotationValue value = Mirrors.value(mirror, "value");
        return value != null && value.getValue() instanceof List<?> items
                ? firstOf(items.stream()
                        .map(item -> ((AnnotationValue) item).getValue() instanceof AnnotationMirror inner
                                ? name(inner)
                                : null))
                : null;
    }

    private static boolean isInDefaultGroup(AnnotationMirror constraint) {
        AnnotationValue groups = Mirrors.value(constraint, "groups");
        return groups == null
                || !(groups.getValue() instanceof List<?> items)
                || items.isEmpty()
                || items.stream().anyMatch(item -> item.toString().endsWith(".groups.Default.class"));
    }

    private static @Nullable String firstOf(Stream<@Nullable String> found) {
        return found.filter(each -> each != null).findFirst().orElse(null);
    }
}
