package io.plimsoll.spring.weaving;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Knows results that stand for work that goes on after the method has returned. */
final class AsynchronousResult {

    /** By name where they may be absent. */
    private static final String[] TYPES = {
        CompletionStage.class.getName(),
        Future.class.getName(),
        Callable.class.getName(),
        "org.reactivestreams.Publisher",
        "org.springframework.web.context.request.async.DeferredResult",
        "org.springframework.web.context.request.async.WebAsyncTask",
        "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
        "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody",
    };

    private AsynchronousResult() {}

    /** The asynchronous type that a method returns, bare or in a {@code ResponseEntity}; else null. */
    static @Nullable Class<?> of(Method method) {
        Class<?> result = method.getReturnType();
        Class<?> body = body(method);
        return Stream.of(TYPES).anyMatch(name -> isA(result, name) || isA(body, name)) ? body : null;
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
