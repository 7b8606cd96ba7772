package io.plimsoll.processor.outbox;

import io.plimsoll.outbox.EventType;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.Mirrors;
import java.util.Locale;
import java.util.Objects;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** What the {@link EventType} of a class says. */
record WireName(String name, int version, Merged annotation) {

    /** Null if there is none, or the code does not compile. */
    static @Nullable WireName of(TypeElement type, Compilation compilation) {
        Merged annotation = compilation.annotations().find(type, EventType.class.getName());
        AnnotationValue name = annotation == null ? null : annotation.value("name");
        AnnotationValue version = annotation == null ? null : annotation.value("version");
        return annotation != null
                        && name != null
                        && version != null
                        && !Mirrors.isUnresolved(name)
                        && !Mirrors.isUnresolved(version)
                        && name.getValue() instanceof String text
                        && version.getValue() instanceof Integer number
                ? new WireName(text, number, annotation)
                : null;
    }

    /** Whether a type says it, or may do so by an annotation that does not exist (yet). */
    static boolean isGiven(TypeElement type, Compilation compilation) {
        return compilation.annotations().find(type, EventType.class.getName()) != null
                || type.getAnnotationMirrors().stream().map(Mirrors::type).anyMatch(Objects::isNull);
    }

    boolean isValid() {
        return !name.isBlank() && version >= 1;
    }

    boolean isSameAs(WireName other) {
        return name.equals(other.name) && version == other.version;
    }

    /** As people write it: {@code order.placed version 2}. */
    String text() {
        return "\"" + name + "\" version " + version;
    }

    /** What a type could be called: {@code order.placed} for {@code OrderPlaced}. */
    static String proposal(TypeElement type) {
        String name = type.getSimpleName().toString().replaceFirst("(?<=.)V\\d+$", "");
        return name.replaceAll("(?<=[\\p{Ll}\\d])(?=\\p{Lu})", ".").toLowerCase(Locale.ROOT);
    }

    /** What to write on a type. */
    static String annotation(TypeElement type) {
        return "@EventType(name = \"" + proposal(type) + "\", version = 1) on " + type.getSimpleName();
    }
}
