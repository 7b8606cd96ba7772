package io.plimsoll.spring.weaving;

import io.plimsoll.companion.AsynchronousTypes;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Knows results that stand for work that goes on after the method has returned. */
final class AsynchronousResult {

    private AsynchronousResult() {}

    /** The asynchronous type that a method returns, bare or in a {@code ResponseEntity}; else null. */
    static @Nullable Class<?> of(Method method) {
        Class<?> result = method.getReturnType();
        Class<?> body = body(method);
        return AsynchronousTypes.NAMES.stream().anyMatch(name -> isA(result, name) || isA(body, name)) ? body : null;
    }

    private static Class<?> body(Method method) {
        ResolvableType result = ResolvableType.forMethodReturnType(method);
        return isA(method.getReturnType(), "org.springframework.http.HttpEntity")
                ? result.getGeneric().resolve(Object.class)
                : result.resolve(Object.class);
    }

    private static boolean isA(Class<?> type, String name) {
        ClassLoader loader = type.getClassLoader();
        return ClassUtils.isPresent(name, loader)
                && ClassUtils.resolveClassName(name, loader).isAssignableFrom(type);
    }
}
