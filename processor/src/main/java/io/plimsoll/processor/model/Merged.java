package io.plimsoll.processor.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * One annotation that is present on an element: written there, or reached through meta-annotations. Its values are
 * those that Spring's {@code MergedAnnotation} gives: the attribute nearest to the element wins if {@code @AliasFor}
 * leads from it to the value that is asked for.
 */
public final class Merged {

    /** From the annotation on the element to this one; each further one stands on the type of the one before. */
    private final List<AnnotationMirror> chain;

    private final Attributes attributes;
    private @Nullable Map<String, AnnotationValue> values;
    private @Nullable String name;

    Merged(List<AnnotationMirror> chain, Attributes attributes) {
        this.chain = List.copyOf(chain);
        this.attributes = attributes;
    }

    /** An annotation that stands for itself: written somewhere, or nested in another one. */
    public static Merged of(AnnotationMirror annotation) {
        return new Merged(List.of(annotation), new Attributes());
    }

    public TypeElement type() {
        return typeAt(chain.size() - 1);
    }

    /** The name of its type. The compiler would make a new string each time, and nearly every rule asks. */
    String name() {
        String known = name;
        if (known == null) {
            known = type().getQualifiedName().toString();
            name = known;
        }
        return known;
    }

    /** The annotation as it stands on the element: the place to point at. */
    public AnnotationMirror root() {
        return chain.get(0);
    }

    /** How many meta-annotations lie between: 0 if the annotation itself is written on the element. */
    public int distance() {
        return chain.size() - 1;
    }

    /** All attributes with their values, defaults included, by name. */
    public Map<String, AnnotationValue> values() {
        Map<String, AnnotationValue> known = values;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (ExecutableElement attribute : attributes.of(type()).keySet()) {
                Source source = source(attribute);
                AnnotationValue value = source == null ? attribute.getDefaultValue() : source.value();
                if (value != null) {
                    known.put(attribute.getSimpleName().toString(), value);
                }
            }
            known = Collections.unmodifiableMap(known);
            values = known;
        }
        return known;
    }

    /** The value of an attribute, or null if it has none because the code does not compile. */
    public @Nullable AnnotationValue value(String attribute) {
        return values().get(attribute);
    }

    /** The value of an attribute if it is written on the element itself, so that it can be pointed at; else null. */
    public @Nullable AnnotationValue writtenValue(String name) {
        for (ExecutableElement attribute : attributes.of(type()).keySet()) {
            if (attribute.getSimpleName().contentEquals(name)) {
                Source source = source(attribute);
                return source != null && source.level() == 0 && source.written() ? source.value() : null;
            }
        }
        return null;
    }

    private record Source(int level, AnnotationValue value, boolean written) {}

    private @Nullable Source source(ExecutableElement attribute) {
        List<Set<ExecutableElement>> aliases = aliases(attribute);
        for (int level = 0; level < chain.size(); level++) {
            if (!aliases.get(level).isEmpty()) {
                return resolve(level, aliases.get(level));
            }
        }
        return null;
    }

    /** For each annotation of the chain, its attributes that stand for the given one. */
    private List<Set<ExecutableElement>> aliases(ExecutableElement attribute) {
        Set<ExecutableElement> all = new LinkedHashSet<>(Set.of(attribute));
        List<Set<ExecutableElement>> levels = new ArrayList<>();
        for (int level = chain.size() - 1; level >= 0; level--) {
            Set<ExecutableElement> here = new LinkedHashSet<>();
            attributes.of(typeAt(level)).forEach((candidate, targets) -> {
                if (!Collections.disjoint(targets, all)) {
                    here.add(candidate);
                }
            });
            all.addAll(here);
            levels.add(0, here);
        }
        return levels;
    }

    /** Of attributes that mirror each other the one that differs from its default counts. */
    private @Nullable Source resolve(int level, Set<ExecutableElement> mirrors) {
        Source first = null;
        for (ExecutableElement attribute : mirrors) {
            AnnotationValue fallback = attribute.getDefaultValue();
            AnnotationValue written = Mirrors.written(chain.get(level), attribute);
            AnnotationValue value = written != null ? written : fallback;
            if (value == null) {
                continue;
            }
            Source source = new Source(level, value, written != null);
            if (fallback == null || !fallback.toString().equals(value.toString())) {
                return source;
            }
            first = first == null || !first.written() ? source : first;
        }
        return first;
    }

    private TypeElement typeAt(int level) {
        return (TypeElement) chain.get(level).getAnnotationType().asElement();
    }
}
