package io.plimsoll.processor.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/**
 * Finds annotations as Spring's {@code MergedAnnotations} does with {@code SearchStrategy.DIRECT}: on the element
 * itself and through meta-annotations, containers of repeatable ones opened, only what is retained at run time.
 * Inheritance is {@link Hierarchy}'s business. Not thread-safe; valid for one round of one compilation.
 */
public final class Annotations {

    private static final String PROMISE = "io.plimsoll.companion.Promise";

    /** Which chains of meta-annotations an annotation type opens, itself excluded. The types are few, the uses many. */
    private final Map<TypeElement, List<List<AnnotationMirror>>> meta = new HashMap<>();

    private final Map<Element, List<Merged>> present = new HashMap<>();
    private final Attributes attributes = new Attributes();

    /** Everything that is present on an element, the nearest first, and in the order in which it is written. */
    public List<Merged> on(Element element) {
        List<? extends AnnotationMirror> written = element.getAnnotationMirrors();
        if (written.isEmpty()) {
            return List.of();
        }
        List<Merged> known = present.get(element);
        if (known == null) {
            known = List.copyOf(read(written));
            present.put(element, known);
        }
        return known;
    }

    private List<Merged> read(List<? extends AnnotationMirror> written) {
        List<Merged> found = new ArrayList<>();
        for (AnnotationMirror container : written) {
            for (AnnotationMirror root : opened(container)) {
                TypeElement type = runtimeType(root);
                if (type != null) {
                    found.add(new Merged(List.of(root), attributes));
                    metaOf(type).forEach(chain -> found.add(new Merged(prepend(root, chain), attributes)));
                }
            }
        }
        found.sort(Comparator.comparingInt(Merged::distance));
        return found;
    }

    /** The nearest annotation of a type, or null. */
    public @Nullable Merged find(Element element, String annotation) {
        return find(element, Set.of(annotation));
    }

    /** The nearest annotation of any of these types, or null. */
    public @Nullable Merged find(Element element, Set<String> annotations) {
        for (Merged merged : on(element)) {
            if (annotations.contains(merged.name())) {
                return merged;
            }
        }
        return null;
    }

    /** The promises on an element that a proxy keeps: on a type those of its methods, not those of its instances. */
    public List<Merged> keptByProxy(Element element) {
        List<Merged> promises = promises(element);
        return element.getKind() == ElementKind.METHOD
                ? promises
                : promises.stream()
                        .filter(promise -> isKeptByProxy(promise.type()))
                        .toList();
    }

    /** Whether an annotation on a type is about its methods, as far as anyone knows. */
    public static boolean isKeptByProxy(TypeElement annotation) {
        AnnotationMirror mark = Mirrors.written(annotation, PROMISE);
        AnnotationValue onTypes = mark == null ? null : Mirrors.value(mark, "onTypes");
        return onTypes == null || !Boolean.FALSE.equals(onTypes.getValue());
    }

    /** The promises on an element, each annotation type once: the nearest wins. */
    public List<Merged> promises(Element element) {
        List<Merged> all = on(element);
        if (all.isEmpty()) {
            return all;
        }
        Map<TypeElement, Merged> promises = new LinkedHashMap<>();
        for (Merged merged : all) {
            if (Mirrors.written(merged.type(), PROMISE) != null) {
                promises.putIfAbsent(merged.type(), merged);
            }
        }
        return List.copyOf(promises.values());
    }

    private List<List<AnnotationMirror>> metaOf(TypeElement type) {
        List<List<AnnotationMirror>> known = meta.get(type);
        if (known == null) {
            known = breadthFirst(type);
            meta.put(type, known);
        }
        return known;
    }

    private static List<List<AnnotationMirror>> breadthFirst(TypeElement start) {
        List<List<AnnotationMirror>> found = new ArrayList<>();
        Queue<List<AnnotationMirror>> queue = new ArrayDeque<>();
        queue.add(List.of());
        while (!queue.isEmpty()) {
            List<AnnotationMirror> chain = queue.remove();
            TypeElement source = chain.isEmpty() ? start : typeOf(chain.get(chain.size() - 1));
            for (AnnotationMirror container : source.getAnnotationMirrors()) {
                for (AnnotationMirror next : opened(container)) {
                    TypeElement type = runtimeType(next);
                    if (type != null
                            && !type.equals(start)
                            && chain.stream().noneMatch(m -> typeOf(m).equals(type))) {
                        List<AnnotationMirror> longer = new ArrayList<>(chain);
                        longer.add(next);
                        found.add(longer);
                        queue.add(longer);
                    }
                }
            }
        }
        return found;
    }

    /** The annotations in a container of repeatable ones, or the annotation itself if it is none. */
    private static List<AnnotationMirror> opened(AnnotationMirror mirror) {
        AnnotationValue value = Mirrors.type(mirror) == null ? null : Mirrors.value(mirror, "value");
        if (value == null || !(value.getValue() instanceof List<?> items) || items.isEmpty()) {
            return List.of(mirror);
        }
        List<AnnotationMirror> content = new ArrayList<>();
        for (Object item : items) {
            if (item instanceof AnnotationValue inner
                    && inner.getValue() instanceof AnnotationMirror nested
                    && isContainerOf(mirror, nested)) {
                content.add(nested);
            }
        }
        return content.isEmpty() ? List.of(mirror) : content;
    }

    private static boolean isContainerOf(AnnotationMirror container, AnnotationMirror content) {
        TypeElement type = Mirrors.type(content);
        AnnotationMirror repeatable = type == null ? null : Mirrors.written(type, "java.lang.annotation.Repeatable");
        AnnotationValue declared = repeatable == null ? null : Mirrors.value(repeatable, "value");
        return declared != null
                && declared.getValue() instanceof DeclaredType named
                && named.asElement().equals(container.getAnnotationType().asElement());
    }

    /** The type of an annotation that the running application can see and Spring looks at; else null. */
    private static @Nullable TypeElement runtimeType(AnnotationMirror mirror) {
        TypeElement type = Mirrors.type(mirror);
        if (type == null || type.getQualifiedName().toString().startsWith("java.lang.")) {
            return null;
        }
        AnnotationMirror retention = Mirrors.written(type, "java.lang.annotation.Retention");
        AnnotationValue policy = retention == null ? null : Mirrors.value(retention, "value");
        return policy != null && policy.toString().endsWith("RUNTIME") ? type : null;
    }

    private static TypeElement typeOf(AnnotationMirror mirror) {
        return (TypeElement) mirror.getAnnotationType().asElement();
    }

    private static List<AnnotationMirror> prepend(AnnotationMirror root, List<AnnotationMirror> chain) {
        List<AnnotationMirror> whole = new ArrayList<>();
        whole.add(root);
        whole.addAll(chain);
        return whole;
    }
}
