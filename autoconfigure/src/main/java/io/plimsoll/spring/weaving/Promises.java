package io.plimsoll.spring.weaving;

import io.plimsoll.companion.Promise;
import io.plimsoll.companion.PromiseText;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotation.Adapt;
import org.springframework.core.annotation.MergedAnnotations;

/** Reads promises from elements with Spring's merged-annotation semantics. */
final class Promises {

    private Promises() {}

    static boolean isPromise(Class<? extends Annotation> type) {
        return type.isAnnotationPresent(Promise.class);
    }

    /** Whether a promise on a type, or a package, is one of the methods there: see {@link Promise#onTypes()}. */
    static boolean isPromiseOfMethods(Class<? extends Annotation> type) {
        return isPromise(type) && mayBeOfMethods(type);
    }

    /** Whether an annotation on a type is about its methods: an opt-out, which is no promise, is too. */
    static boolean mayBeOfMethods(Class<? extends Annotation> type) {
        Promise mark = type.getAnnotation(Promise.class);
        return mark == null || mark.onTypes();
    }

    /** The promises on one element, meta-annotations included, inherited ones not; as text. */
    static String textOf(AnnotatedElement element) {
        Map<String, Map<String, Object>> promises = new HashMap<>();
        MergedAnnotations.from(element).stream()
                .filter(annotation -> isPromise(annotation.getType()))
                .forEach(annotation -> promises.putIfAbsent(annotation.getType().getName(), values(annotation)));
        return PromiseText.of(promises);
    }

    private static Map<String, Object> values(MergedAnnotation<?> annotation) {
        return annotation.asMap(Adapt.CLASS_TO_STRING, Adapt.ANNOTATION_TO_MAP);
    }
}
