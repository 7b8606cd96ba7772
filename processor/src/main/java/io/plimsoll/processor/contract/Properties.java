package io.plimsoll.processor.contract;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Knows what Jackson would write of a type: the components of a record; of a class its getters and public fields. */
final class Properties {

    private static final String PROPERTY = "com.fasterxml.jackson.annotation.JsonProperty";
    private static final String IGNORE = "com.fasterxml.jackson.annotation.JsonIgnore";

    private final Compilation compilation;

    Properties(Compilation compilation) {
        this.compilation = compilation;
    }

    /** @param type the element with its type arguments */
    List<Property> of(TypeElement element, DeclaredType type) {
        if (element.getKind() == ElementKind.RECORD) {
            List<Property> found = new ArrayList<>();
            for (RecordComponentElement component : element.getRecordComponents()) {
                ExecutableElement accessor = component.getAccessor();
                add(component.getSimpleName().toString(), accessor, List.of(component, accessor), element, type, found);
            }
            return found;
        }
        Map<String, Property> byName = new LinkedHashMap<>();
        for (TypeElement each : compilation.hierarchy().of(element)) {
            if (each.getKind().isClass()) {
                List<Property> found = new ArrayList<>();
                ElementFilter.fieldsIn(each.getEnclosedElements()).stream()
                        .filter(Properties::isVisible)
                        .forEach(field ->
                                add(field.getSimpleName().toString(), field, List.of(field), each, type, found));
                ElementFilter.methodsIn(each.getEnclosedElements()).stream()
                        .filter(method -> isVisible(method) && !getter(method).isEmpty())
                        .forEach(method -> add(getter(method), method, List.of(method), each, type, found));
                found.forEach(property -> byName.putIfAbsent(property.name(), property));
            }
        }
        return List.copyOf(byName.values());
    }

    private static boolean isVisible(Element member) {
        return member.getModifiers().contains(Modifier.PUBLIC)
                && !member.getModifiers().contains(Modifier.STATIC);
    }

    /** The property that a method reads; empty if it reads none. */
    private static String getter(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        String rest = name.startsWith("get")
                ? name.substring(3)
                : name.startsWith("is") && method.getReturnType().getKind() == TypeKind.BOOLEAN
                        ? name.substring(2)
                        : "";
        return rest.isEmpty()
                        || !method.getParameters().isEmpty()
                        || method.getReturnType().getKind() == TypeKind.VOID
                        || !Character.isUpperCase(rest.charAt(0))
                ? ""
                : Character.toLowerCase(rest.charAt(0)) + rest.substring(1);
    }

    private void add(
            String name,
            Element member,
            List<Element> places,
            TypeElement owner,
            DeclaredType type,
            List<Property> found) {
        List<Element> all = new ArrayList<>(places);
        ElementFilter.fieldsIn(owner.getEnclosedElements()).stream()
                .filter(field -> field.getSimpleName().contentEquals(name) && !places.contains(field))
                .forEach(all::add);
        if (all.stream().anyMatch(each -> compilation.annotations().find(each, IGNORE) != null)) {
            return;
        }
        TypeMirror seen = compilation.types().asMemberOf(type, member);
        TypeMirror value = seen instanceof ExecutableType method ? method.getReturnType() : seen;
        String written = all.stream()
                .map(each -> compilation.annotations().find(each, PROPERTY))
                .flatMap(Stream::ofNullable)
                .map(Properties::value)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(name);
        boolean optional = all.stream().anyMatch(Properties::isNullable);
        found.add(new Property(written, value, optional));
    }

    private static String value(Merged property) {
        AnnotationValue value = property.value("value");
        return value == null ? "" : String.valueOf(value.getValue());
    }

    /** Any {@code @Nullable}, on the member or on its type. */
    private static boolean isNullable(Element member) {
        TypeMirror type = member instanceof ExecutableElement method ? method.getReturnType() : member.asType();
        return Stream.concat(member.getAnnotationMirrors().stream(), type.getAnnotationMirrors().stream())
                .map(AnnotationMirror::getAnnotationType)
                .map(each -> each.asElement().getSimpleName().toString())
                .anyMatch(Set.of("Nullable", "CheckForNull")::contains);
    }
}
