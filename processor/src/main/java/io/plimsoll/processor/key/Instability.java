package io.plimsoll.processor.key;

import java.math.BigDecimal;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.BaseStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Says why a value of a type is no key, and what to take instead. */
final class Instability {

    private static final Set<String> HAVE_A_TEXT = Set.of(
            "java.net.URI",
            "java.net.URL",
            "java.util.Locale",
            "java.util.Currency",
            "java.nio.file.Path",
            "java.lang.StringBuilder",
            "java.lang.CharSequence");

    private Instability() {}

    static KeyProblem of(TypeMirror type, String source, JavaTypes types, Members members) {
        String what = source + " is of type " + JavaTypes.name(type);
        if (JavaTypes.is(type, BigDecimal.class)) {
            return KeyProblem.unstable(
                    what,
                    "1.0 and 1.00 are two keys for one amount",
                    call(source, "stripTrailingZeros().toPlainString()"));
        }
        if (types.isFloating(type)) {
            return KeyProblem.unstable(
                    what,
                    "Floating point is not exact: 0.1 + 0.2 is another key than 0.3",
                    "an integral number or a text");
        }
        if (JavaTypes.is(type, Optional.class)) {
            return KeyProblem.unstable(what, "What is empty is no key", call(source, "orElse(...)"));
        }
        if (JavaTypes.is(type, Date.class) || types.as(type, Calendar.class) != null) {
            return KeyProblem.unstable(
                    what, "It can be changed, and reads differently per zone", call(source, "toInstant()"));
        }
        TypeElement element = JavaTypes.element(type);
        if (element != null && HAVE_A_TEXT.contains(element.getQualifiedName().toString())) {
            return KeyProblem.unstable(
                    what, "Its text is stable, its equality is not, or not everywhere", call(source, "toString()"));
        }
        if (type.getKind() == javax.lang.model.type.TypeKind.ARRAY) {
            return KeyProblem.unstable(
                    what, "An array is equal to itself only", "a List, or one element such as \"" + source + "[0]\"");
        }
        if (isCollection(type, types)) {
            return KeyProblem.unstable(
                    what,
                    "It has no order that is always the same, or elements of any type",
                    "a List of values, or what tells the calls apart, such as \"{#tenant, #number}\"");
        }
        if (element != null && element.getKind() == ElementKind.RECORD) {
            return KeyProblem.unstable(
                    what + ", which contains itself",
                    "It has no end that the compiler could see",
                    better(element, source, members));
        }
        return KeyProblem.unstable(
                what,
                "Its equality or its text is not the same in another process, so what belongs together would not be recognized",
                better(element, source, members));
    }

    /** A record or a list where a text is needed. */
    static KeyProblem noText(TypeMirror type, String source) {
        return KeyProblem.unstable(
                source + " is of type " + JavaTypes.name(type) + ", and is used as a text",
                "The text of a record or a list is for people, and may change with the next version",
                "a list such as \"{'order', #order}\", which takes the parts themselves, or one of the parts");
    }

    private static boolean isCollection(TypeMirror type, JavaTypes types) {
        return types.as(type, Collection.class) != null
                || types.as(type, Iterable.class) != null
                || types.as(type, Map.class) != null
                || types.as(type, BaseStream.class) != null;
    }

    private static String call(String source, String rest) {
        return "\"" + source + "." + rest + "\"";
    }

    /** The id, if there is one. */
    private static String better(@org.jspecify.annotations.Nullable TypeElement type, String source, Members members) {
        for (String name : List.of("id", "uuid", "key", "number", "code")) {
            Element property = type == null ? null : members.property(type, name);
            if (source.matches("#[^ ]*")
                    && property != null
                    && members.names(java.util.Objects.requireNonNull(type)).contains(name)) {
                return call(source, name);
            }
        }
        return "what tells it apart from others, a text or an integral number";
    }
}
