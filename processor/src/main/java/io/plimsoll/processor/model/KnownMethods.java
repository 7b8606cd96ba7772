package io.plimsoll.processor.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Methods that are known by their name and by the name of a type that has them, and what they mean. Subtypes count: a
 * method of {@code RestOperations} is one of {@code RestTemplate} as well. Valid for one compilation; not thread-safe.
 *
 * @param <T> the meaning
 */
public final class KnownMethods<T> {

    private final Map<String, Map<String, T>> types = new HashMap<>();
    private final Set<String> methods = new HashSet<>();
    private final Map<TypeElement, List<Map<String, T>>> receivers = new HashMap<>();
    private @Nullable Set<Name> names;

    /** @param type the binary name with dots only, as a type element gives it */
    public KnownMethods<T> add(T meaning, String type, String... names) {
        Map<String, T> known = types.computeIfAbsent(type, each -> new HashMap<>());
        for (String name : names) {
            known.put(name, meaning);
            methods.add(name);
        }
        return this;
    }

    /** The names of all known methods. */
    public Set<String> names() {
        return methods;
    }

    /** The cheap question to ask first: whether any type has a known method of this name. */
    public boolean mayKnow(Name method, Compilation compilation) {
        Set<Name> known = names;
        if (known == null) { // The compiler's own names: equal by identity, and no text is made to look one up.
            known = new HashSet<>();
            for (String each : methods) {
                known.add(compilation.elements().getName(each));
            }
            names = known;
        }
        return known.contains(method);
    }

    /**
     * What a method means; null if it is not known.
     *
     * @param receiver the type of what the method is called on: the method may be declared in a more general one
     */
    public @Nullable T find(ExecutableElement method, TypeElement receiver, Compilation compilation) {
        if (!mayKnow(method.getSimpleName(), compilation)) {
            return null;
        }
        List<Map<String, T>> of = receivers.get(receiver);
        if (of == null) {
            of = new ArrayList<>();
            for (TypeElement each : compilation.hierarchy().of(receiver)) {
                Map<String, T> known = types.get(each.getQualifiedName().toString());
                if (known != null) {
                    of.add(known);
                }
            }
            receivers.put(receiver, of);
        }
        for (Map<String, T> known : of) {
            T meaning = known.get(method.getSimpleName().toString());
            if (meaning != null) {
                return meaning;
            }
        }
        return null;
    }
}
