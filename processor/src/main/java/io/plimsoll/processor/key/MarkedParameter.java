package io.plimsoll.processor.key;

import io.plimsoll.key.KeyPart;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a key must not leave out.
 *
 * @param marked the type that is a {@link KeyPart}; null if the parameter itself is
 */
record MarkedParameter(VariableElement parameter, @Nullable TypeElement marked) {

    private static final Set<String> HOLDERS = Set.of("java.util.Optional", "java.util.Collection");

    /** The parameters of a method that are marked: here, on a method it overrides, or by their type. */
    static List<MarkedParameter> of(ExecutableElement method, Compilation compilation) {
        List<ExecutableElement> declarations = compilation.hierarchy().declarations(method, Hierarchy.owner(method));
        List<MarkedParameter> found = new ArrayList<>();
        for (int i = 0; i < method.getParameters().size(); i++) {
            int position = i;
            VariableElement parameter = method.getParameters().get(i);
            TypeElement marked = marked(parameter.asType(), compilation);
            if (marked != null
                    || declarations.stream()
                            .map(each -> each.getParameters().get(position))
                            .anyMatch(each -> compilation.annotations().find(each, KeyPart.class.getName()) != null)) {
                found.add(new MarkedParameter(parameter, marked));
            }
        }
        return found;
    }

    String name() {
        return parameter.getSimpleName().toString();
    }

    /** Whether a key surely or probably holds it, in whatever way: by its name, its type, or a name like these. */
    boolean isIn(CompiledKey key, ExecutableElement method, Compilation compilation) {
        Stream<Member> used = method.getParameters().stream()
                .map(each -> new Member(each.getSimpleName().toString(), each.asType()))
                .filter(each -> key.parameters().contains(each.name()));
        return Stream.concat(used, key.members().stream()).anyMatch(each -> isLike(each, compilation));
    }

    private boolean isLike(Member read, Compilation compilation) {
        return isNamedAs(read.name(), name())
                || (marked != null
                        && (isNamedAs(read.name(), marked.getSimpleName().toString())
                                || marked.equals(marked(read.type(), compilation))));
    }

    /** {@code orderTenantId} and {@code tenant}: one of them has all the words of the other, in a row. */
    private static boolean isNamedAs(String a, String b) {
        List<String> some = words(a);
        List<String> others = words(b);
        return Collections.indexOfSubList(some, others) >= 0 || Collections.indexOfSubList(others, some) >= 0;
    }

    private static List<String> words(String name) {
        return Stream.of(name.replaceFirst("^(?:get|is)(?=\\p{Lu})", "").split("(?<=[^\\p{Lu}])(?=\\p{Lu})|[_.-]"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The marked type among the supertypes of a type, or of what it holds; null if there is none. */
    private static @Nullable TypeElement marked(TypeMirror type, Compilation compilation) {
        if (type.getKind() == TypeKind.DECLARED && type instanceof DeclaredType declared) {
            TypeElement element = (TypeElement) declared.asElement();
            List<TypeElement> all = compilation.hierarchy().of(element);
            TypeElement found = all.stream()
                    .filter(each -> compilation.annotations().find(each, KeyPart.class.getName()) != null)
                    .findFirst()
                    .orElse(null);
            boolean holds = all.stream()
                    .anyMatch(each -> HOLDERS.contains(each.getQualifiedName().toString()));
            return found == null && holds ? marked(declared.getTypeArguments(), compilation) : found;
        }
        return marked(inside(type), compilation);
    }

    private static @Nullable TypeElement marked(List<? extends TypeMirror> types, Compilation compilation) {
        return types.stream()
                .map(each -> marked(each, compilation))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<? extends TypeMirror> inside(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return List.of(array.getComponentType());
        }
        if (type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
            return List.of(wildcard.getExtendsBound());
        }
        if (type instanceof IntersectionType intersection) {
            return intersection.getBounds();
        }
        return type instanceof TypeVariable variable ? List.of(variable.getUpperBound()) : List.of();
    }
}
