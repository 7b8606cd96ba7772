package io.plimsoll.processor.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Superclasses, interfaces and overridden methods. Valid for one round of one compilation. Not thread-safe. */
public final class Hierarchy {

    private final Elements elements;
    private final Types types;

    public Hierarchy(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** What has been asked for once: the same types come again with every rule. */
    private final Map<TypeElement, List<TypeElement>> all = new HashMap<>();

    private final Map<TypeElement, List<ExecutableElement>> own = new HashMap<>();
    private final Map<TypeElement, List<ExecutableElement>> methods = new HashMap<>();
    private final Map<Declaration, List<ExecutableElement>> declarations = new HashMap<>();

    private record Declaration(ExecutableElement method, TypeElement type) {}

    /** The type that declares a method. */
    public static TypeElement owner(ExecutableElement method) {
        return (TypeElement) Objects.requireNonNull(method.getEnclosingElement());
    }

    /** The type, its superclasses from the nearest on, then all interfaces; without {@code Object}. */
    public List<TypeElement> of(TypeElement type) {
        List<TypeElement> known = all.get(type);
        if (known == null) {
            known = read(type);
            all.put(type, known);
        }
        return known;
    }

    private static List<TypeElement> read(TypeElement type) {
        Set<TypeElement> classes = new LinkedHashSet<>();
        for (TypeMirror next = type.asType(); next instanceof DeclaredType declared && isKnown(next); ) {
            TypeElement element = (TypeElement) declared.asElement();
            if (element.getQualifiedName().contentEquals("java.lang.Object") || !classes.add(element)) {
                break;
            }
            next = element.getSuperclass();
        }
        Set<TypeElement> all = new LinkedHashSet<>(classes);
        classes.forEach(each -> addInterfaces(each, all));
        return List.copyOf(all);
    }

    private static void addInterfaces(TypeElement type, Set<TypeElement> all) {
        for (TypeMirror next : type.getInterfaces()) {
            if (isKnown(next) && next instanceof DeclaredType declared) {
                TypeElement element = (TypeElement) declared.asElement();
                if (all.add(element)) {
                    addInterfaces(element, all);
                }
            }
        }
    }

    /** Whether a supertype does not exist (yet): what it would declare cannot be known. */
    public boolean hasUnknownSupertype(TypeElement type) {
        return of(type).stream()
                .anyMatch(each -> each.getSuperclass().getKind() == TypeKind.ERROR
                        || each.getInterfaces().stream().anyMatch(next -> next.getKind() == TypeKind.ERROR));
    }

    /** The instance methods of a type, inherited ones included, overridden ones left out. */
    public List<ExecutableElement> methods(TypeElement type) {
        List<ExecutableElement> known = methods.get(type);
        if (known == null) {
            known = List.copyOf(readMethods(type));
            methods.put(type, known);
        }
        return known;
    }

    private List<ExecutableElement> own(TypeElement type) {
        List<ExecutableElement> known = own.get(type);
        if (known == null) {
            known = ElementFilter.methodsIn(type.getEnclosedElements());
            own.put(type, known);
        }
        return known;
    }

    private List<ExecutableElement> readMethods(TypeElement type) {
        List<ExecutableElement> methods = new ArrayList<>();
        for (TypeElement each : of(type)) {
            for (ExecutableElement method : own(each)) {
                boolean hidden = method.getModifiers().contains(Modifier.STATIC)
                        || (!each.equals(type) && method.getModifiers().contains(Modifier.PRIVATE));
                if (!hidden && methods.stream().noneMatch(known -> overrides(known, method, type))) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    /** The method and all it overrides or implements in the hierarchy of a type, the method itself first. */
    public List<ExecutableElement> declarations(ExecutableElement method, TypeElement type) {
        Declaration key = new Declaration(method, type);
        List<ExecutableElement> known = declarations.get(key);
        if (known == null) {
            known = List.copyOf(readDeclarations(method, type));
            declarations.put(key, known);
        }
        return known;
    }

    private List<ExecutableElement> readDeclarations(ExecutableElement method, TypeElement type) {
        List<ExecutableElement> declarations = new ArrayList<>(List.of(method));
        for (TypeElement each : of(type)) {
            for (ExecutableElement other : own(each)) {
                if (overrides(method, other, type)) {
                    declarations.add(other);
                }
            }
        }
        return declarations;
    }

    public boolean isSubtype(TypeElement type, TypeElement supertype) {
        return types.isSubtype(types.erasure(type.asType()), types.erasure(supertype.asType()));
    }

    private boolean overrides(ExecutableElement method, ExecutableElement other, TypeElement type) {
        return method.getSimpleName().equals(other.getSimpleName())
                && method.getParameters().size() == other.getParameters().size()
                && !method.equals(other)
                && elements.overrides(method, other, type);
    }

    private static boolean isKnown(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED;
    }
}
