package io.plimsoll.processor.contract;

import io.plimsoll.processor.model.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** Takes a type apart into the fields of its JSON. */
final class Schema {

    private static final String ANY = "any";

    private static final Map<String, String> SCALARS = Map.ofEntries(
            Map.entry("java.lang.Boolean", "boolean"),
            Map.entry("java.lang.Byte", "integer"),
            Map.entry("java.lang.Short", "integer"),
            Map.entry("java.lang.Integer", "integer"),
            Map.entry("java.lang.Long", "integer"),
            Map.entry("java.math.BigInteger", "integer"),
            Map.entry("java.lang.Float", "number"),
            Map.entry("java.lang.Double", "number"),
            Map.entry("java.math.BigDecimal", "number"),
            Map.entry("java.lang.Character", "string"),
            Map.entry("java.lang.String", "string"),
            Map.entry("java.lang.CharSequence", "string"),
            Map.entry("java.lang.Object", ANY));

    private static final Set<String> OPTIONALS =
            Set.of("java.util.Optional", "java.util.OptionalInt", "java.util.OptionalLong", "java.util.OptionalDouble");

    private final Compilation compilation;
    private final Properties properties;

    Schema(Compilation compilation) {
        this.compilation = compilation;
        this.properties = new Properties(compilation);
    }

    /** {@code lines list}, {@code lines[].sku string?}. */
    List<String> fields(DeclaredType type) {
        List<String> fields = new ArrayList<>();
        add("", type, List.of(), fields);
        return fields;
    }

    private void add(String prefix, DeclaredType type, List<TypeElement> around, List<String> fields) {
        TypeElement element = (TypeElement) type.asElement();
        List<TypeElement> deeper = new ArrayList<>(around);
        deeper.add(element);
        for (Property property : properties.of(element, type)) {
            boolean optional = property.optional() || is(property.type(), OPTIONALS);
            add(prefix + property.name(), property.type(), optional ? "?" : "", deeper, fields);
        }
    }

    private void add(String path, TypeMirror type, String mark, List<TypeElement> around, List<String> fields) {
        if (type instanceof DeclaredType optional && is(type, OPTIONALS)) {
            TypeMirror held = argument(optional, 0);
            if (held != null) {
                add(path, held, mark, around, fields);
            } else {
                fields.add(path + (is(type, Set.of("java.util.OptionalDouble")) ? " number" : " integer") + mark);
            }
            return;
        }
        String word = word(type);
        fields.add(path + " " + word + mark);
        if (word.equals("list")) {
            inside(path + "[]", element(type), around, fields);
        } else if (word.equals("map")) {
            DeclaredType map = as(type, "java.util.Map");
            inside(path + "{}", map == null ? null : argument(map, 1), around, fields);
        } else if (word.equals("object")) {
            inside(path, type, around, fields);
        }
    }

    /** What a field holds: the fields of an object, or what each of several is. */
    private void inside(String path, @Nullable TypeMirror type, List<TypeElement> around, List<String> fields) {
        if (type == null) {
            return;
        }
        if (!word(type).equals("object")) {
            add(path, type, "", around, fields);
        } else if (type instanceof DeclaredType object && !around.contains((TypeElement) object.asElement())) {
            add(path + ".", object, around, fields); // What is in itself has no end.
        }
    }

    private String word(TypeMirror type) {
        if (type instanceof PrimitiveType primitive) {
            return SCALARS.getOrDefault(
                    compilation.types().boxedClass(primitive).getQualifiedName().toString(), ANY);
        }
        if (type instanceof ArrayType array) {
            return array.getComponentType().getKind() == TypeKind.BYTE ? "binary" : "list";
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getExtendsBound() == null ? ANY : word(wildcard.getExtendsBound());
        }
        if (type instanceof TypeVariable || !(type instanceof DeclaredType declared)) {
            return ANY;
        }
        TypeElement element = (TypeElement) declared.asElement();
        String name = element.getQualifiedName().toString();
        String scalar = SCALARS.get(name);
        if (scalar != null) {
            return scalar;
        }
        if (as(type, "java.util.Map") != null) {
            return "map";
        }
        if (as(type, "java.lang.Iterable") != null) {
            return "list";
        }
        if (element.getKind() == ElementKind.ENUM) {
            return "string";
        }
        if (name.startsWith("java.")) {
            return element.getSimpleName().toString(); // Each has a text of its own: UUID, Instant, LocalDate.
        }
        return element.getKind() == ElementKind.INTERFACE ? ANY : "object";
    }

    private @Nullable TypeMirror element(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return array.getComponentType();
        }
        DeclaredType list = as(type, "java.lang.Iterable");
        return list == null ? null : argument(list, 0);
    }

    private static @Nullable TypeMirror argument(DeclaredType type, int index) {
        if (type.getTypeArguments().size() <= index) {
            return null;
        }
        TypeMirror argument = type.getTypeArguments().get(index);
        return argument instanceof WildcardType wildcard ? wildcard.getExtendsBound() : argument;
    }

    private @Nullable DeclaredType as(TypeMirror type, String name) {
        if (is(type, Set.of(name))) {
            return (DeclaredType) type;
        }
        if (type.getKind() != TypeKind.DECLARED) {
            return null;
        }
        for (TypeMirror supertype : compilation.types().directSupertypes(type)) {
            DeclaredType found = as(supertype, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean is(TypeMirror type, Set<String> names) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && names.contains(element.getQualifiedName().toString());
    }
}
