package io.plimsoll.processor.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Finds the properties and methods of a type as SpEL does, in the model of the compiler. */
final class Members {

    private final Elements elements;
    private final JavaTypes types;
    private final Access access;

    Members(Elements elements, JavaTypes types, Access access) {
        this.elements = elements;
        this.types = types;
        this.access = access;
    }

    /** An element that was found and the type it has in the type it was found in. */
    record Member(Element element, TypeMirror type) {}

    /** Record accessor, getter or public field: null if there is none, reachable or not. */
    @Nullable
    Element property(TypeElement type, String name) {
        String capitalized = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        List<Predicate<Element>> shapes = List.of(
                member -> type.getKind() == ElementKind.RECORD && isComponent(type, name) && isGetter(member, name),
                member -> isGetter(member, "get" + capitalized),
                member -> isGetter(member, "is" + capitalized)
                        && types.isBoolean(((ExecutableElement) member).getReturnType()),
                member -> member.getKind() == ElementKind.FIELD
                        && member.getSimpleName().contentEquals(name)
                        && !member.getModifiers().contains(Modifier.STATIC));
        Element outOfReach = null;
        for (Predicate<Element> shape : shapes) {
            for (Element member : all(type)) {
                if (shape.test(member)) {
                    // A field is a property only where it is public: a getter is what the others are for.
                    if (access.reaches(member)
                            && (member.getKind() != ElementKind.FIELD
                                    || member.getModifiers().contains(Modifier.PUBLIC))) {
                        return member;
                    }
                    outOfReach = outOfReach == null ? member : outOfReach;
                }
            }
        }
        return outOfReach;
    }

    private static boolean isComponent(TypeElement type, String name) {
        return type.getRecordComponents().stream()
                .anyMatch(component -> component.getSimpleName().contentEquals(name));
    }

    private static boolean isGetter(Element member, String name) {
        return member instanceof ExecutableElement method
                && method.getSimpleName().contentEquals(name)
                && method.getParameters().isEmpty()
                && !method.getModifiers().contains(Modifier.STATIC);
    }

    /** The instance methods of a name, reachable or not. */
    List<ExecutableElement> methods(TypeElement type, String name) {
        return ElementFilter.methodsIn(all(type)).stream()
                .filter(method -> method.getSimpleName().contentEquals(name)
                        && !method.getModifiers().contains(Modifier.STATIC))
                .toList();
    }

    /** The method that Java would call; null if none takes these arguments, or several do it equally well. */
    @Nullable
    ExecutableElement applicable(List<ExecutableElement> methods, DeclaredType receiver, List<TypeMirror> arguments) {
        List<ExecutableElement> found = methods.stream()
                .filter(method -> takes(parameters(method, receiver, arguments.size()), arguments))
                .toList();
        List<ExecutableElement> best = found.stream()
                .filter(method -> found.stream()
                        .allMatch(other -> takes(
                                parameters(other, receiver, arguments.size()),
                                parameters(method, receiver, arguments.size()))))
                .toList();
        return best.stream()
                .filter(method -> best.stream()
                        .allMatch(other -> other.equals(method)
                                || !types.isAssignable(other.getReturnType(), method.getReturnType())
                                || types.isAssignable(method.getReturnType(), other.getReturnType())))
                .findFirst()
                .orElse(null);
    }

    private boolean takes(List<? extends TypeMirror> parameters, List<? extends TypeMirror> arguments) {
        if (parameters.size() != arguments.size()) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!types.isAssignable(arguments.get(i), parameters.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The types of the parameters; with variable arguments as many of them as there are arguments. */
    private List<TypeMirror> parameters(ExecutableElement method, DeclaredType receiver, int arguments) {
        ExecutableType type = (ExecutableType) types.model().asMemberOf(receiver, method);
        List<TypeMirror> parameters = new ArrayList<>();
        type.getParameterTypes().forEach(parameter -> parameters.add(openParameter(parameter)));
        int last = parameters.size() - 1;
        if (method.isVarArgs() && arguments >= last) {
            TypeMirror each = ((ArrayType) parameters.remove(last)).getComponentType();
            while (parameters.size() < arguments) {
                parameters.add(each);
            }
        }
        return parameters;
    }

    /** A parameter of type {@code ?} takes nothing, one of a type variable what its bound says. */
    private TypeMirror openParameter(TypeMirror parameter) {
        return parameter.getKind() == TypeKind.WILDCARD ? parameter : types.open(parameter);
    }

    /** What a member is or returns in a type whose type arguments are known. */
    TypeMirror type(Element member, DeclaredType receiver) {
        TypeMirror type = types.model().asMemberOf(receiver, member);
        return types.open(type instanceof ExecutableType method ? method.getReturnType() : type);
    }

    /** The names that can stand after a dot: properties as they are written, methods with parentheses. */
    Set<String> names(TypeElement type) {
        Set<String> names = new TreeSet<>();
        for (Element member : all(type)) {
            String name = member.getSimpleName().toString();
            if (!access.reaches(member)
                    || member.getModifiers().contains(Modifier.STATIC)
                    || object().equals(member.getEnclosingElement())) {
                continue;
            }
            if (member.getKind() == ElementKind.FIELD && member.getModifiers().contains(Modifier.PUBLIC)) {
                names.add(name);
            } else if (member instanceof ExecutableElement method
                    && method.getKind() == ElementKind.METHOD
                    && method.getParameters().isEmpty()) {
                names.add(propertyName(type, method, name));
            }
        }
        return names;
    }

    private static String propertyName(TypeElement type, ExecutableElement method, String name) {
        if (type.getKind() == ElementKind.RECORD && isComponent(type, name)) {
            return name;
        }
        for (String prefix : List.of("get", "is")) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                int start = prefix.length();
                return Character.toLowerCase(name.charAt(start)) + name.substring(start + 1);
            }
        }
        return method.getSimpleName() + "()";
    }

    private List<Element> all(TypeElement type) {
        List<Element> all = new ArrayList<>(elements.getAllMembers(type));
        if (type.getKind().isInterface()) {
            // Every object of an interface type is an Object; not every compiler lists that.
            object().getEnclosedElements().stream()
                    .filter(member -> !all.contains(member))
                    .forEach(all::add);
        }
        return all;
    }

    private Element object() {
        return Objects.requireNonNull(elements.getTypeElement("java.lang.Object"));
    }
}
