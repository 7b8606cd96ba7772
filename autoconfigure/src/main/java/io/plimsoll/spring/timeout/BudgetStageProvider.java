package io.plimsoll.spring.timeout;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.spring.weaving.Layer;
import io.plimsoll.spring.weaving.PromisedMethod;
import io.plimsoll.spring.weaving.StageProvider;
import io.plimsoll.timeout.CompiledTimeout;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;

/** Resolves the {@link Timeout} of a method. */
final class BudgetStageProvider implements StageProvider {

    /** Results that stand for work that goes on after the method has returned, by name where they may be absent. */
    private static final String[] ASYNCHRONOUS = {
        CompletionStage.class.getName(),
        Future.class.getName(),
        Callable.class.getName(),
        "org.reactivestreams.Publisher",
        "org.springframework.web.context.request.async.DeferredResult",
        "org.springframework.web.context.request.async.WebAsyncTask",
        "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
        "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody",
    };

    private static final String ASYNC = "org.springframework.scheduling.annotation.Async";

    private final Watchdog watchdog;
    private final PropertyResolver properties;

    BudgetStageProvider(Watchdog watchdog, PropertyResolver properties) {
        this.watchdog = watchdog;
        this.properties = properties;
    }

    @Override
    public Layer layer() {
        return Layer.BUDGET;
    }

    @Override
    public Class<? extends Annotation> promise() {
        return Timeout.class;
    }

    @Override
    public @Nullable MethodInterceptor stageFor(PromisedMethod method) {
        MergedAnnotation<?> found = method.innermost(List.of(Timeout.class, NoTimeout.class));
        if (found == null || found.getType() == NoTimeout.class) {
            return null;
        }
        CompiledTimeout timeout = method.compiled(found, CompiledTimeout.class);
        if (timeout == null) {
            return null;
        }
        refuseAsynchronousResult(method);
        return new BudgetInterceptor(
                watchdog,
                new BudgetPolicy(method.name(), budget(method, timeout).toNanos(), timeout.interrupt()));
    }

    private Duration budget(PromisedMethod method, CompiledTimeout timeout) {
        Duration budget;
        try {
            budget = timeout.budget().resolve(properties::resolveRequiredPlaceholders);
        } catch (IllegalArgumentException e) {
            throw invalid(method, timeout, e.getMessage() + ".");
        }
        if (budget.isZero() || budget.isNegative()) {
            throw invalid(
                    method, timeout, "It comes to " + DurationParser.format(budget) + ", and a budget is positive.");
        }
        return budget;
    }

    private static BrokenPromiseException invalid(PromisedMethod method, CompiledTimeout timeout, String why) {
        return new BrokenPromiseException(
                "The value \"" + timeout.budget() + "\" of @Timeout for " + method.name() + " is no budget. " + why,
                "Set the property it names to a duration such as 500ms or 2s, or give it a default: \"${name:2s}\".");
    }

    /** The work of such a method would go on unbounded; a promise that is silently void is worse than none. */
    private static void refuseAsynchronousResult(PromisedMethod method) {
        Class<?> result = method.method().getReturnType();
        Class<?> body = body(method.method());
        boolean asynchronous = Stream.of(ASYNCHRONOUS).anyMatch(name -> isA(result, name) || isA(body, name));
        if (asynchronous && !method.isAnnotatedWith(ASYNC)) {
            throw new BrokenPromiseException(
                    "@Timeout covers " + method.name() + ", which returns " + body.getSimpleName()
                            + ": its work goes on after it has returned, where this version cannot cut it.",
                    "Put @Timeout on the blocking method that does the work, and @NoTimeout(reason = \"...\") on this one.");
        }
    }

    /** What a {@code ResponseEntity} carries; else the result itself. */
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
