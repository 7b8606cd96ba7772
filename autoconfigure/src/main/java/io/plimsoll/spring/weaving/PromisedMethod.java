package io.plimsoll.spring.weaving;

import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.companion.DurationParser;
import io.plimsoll.companion.EntryPoints;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.PropertyResolver;

/** One method of one bean class, asked at start-up what it promises. */
public final class PromisedMethod {

    private static final String CONTROLLER = "org.springframework.stereotype.Controller";
    private static final String ASYNC = "org.springframework.scheduling.annotation.Async";

    private final Class<?> beanType;
    private final Method method;
    private final Companions companions;
    private final MergedAnnotations onMethod;
    private final MergedAnnotations onType;

    PromisedMethod(Class<?> beanType, MergedAnnotations onType, Method method, Companions companions) {
        this.beanType = beanType;
        this.method = method;
        this.companions = companions;
        this.onMethod = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
        this.onType = onType;
    }

    public Method method() {
        return method;
    }

    public Class<?> beanType() {
        return beanType;
    }

    /** The method for people: {@code com.acme.OrderService.place}. */
    public String name() {
        return beanType.getName() + "." + method.getName();
    }

    /** Whether the method, or one that it overrides or implements, carries an annotation of that name. */
    public boolean isAnnotatedWith(String annotationName) {
        return onMethod.isPresent(annotationName);
    }

    /** Whether Spring runs the method on another thread than its caller's. */
    public boolean isAsync() {
        return isAnnotatedWith(ASYNC) || onType.isPresent(ASYNC);
    }

    /** Whether Spring MVC calls the method for requests. */
    public boolean isRequestHandler() {
        return onType.isPresent(CONTROLLER) && EntryPoints.HANDLERS.stream().anyMatch(onMethod::isPresent);
    }

    /** Whether a message broker calls the method. */
    public boolean isListener() {
        return EntryPoints.LISTENERS.stream().anyMatch(onMethod::isPresent)
                || EntryPoints.LISTENER_METHODS.stream().anyMatch(onMethod::isPresent);
    }

    /** Whether the messages that it is called for bring the id of their event. */
    public boolean isListenerWithEventId() {
        return EntryPoints.WITH_EVENT_ID.stream().anyMatch(onMethod::isPresent);
    }

    /**
     * Refuses a method whose work goes on after it has returned, where nothing would keep the promise.
     *
     * @param promise for people: {@code @Timeout}
     * @param action what to do instead
     * @throws BrokenPromiseException if it is one, and not {@code @Async}, which comes before every promise
     */
    public void requireSynchronousResult(String promise, String action) {
        Class<?> asynchronous = AsynchronousResult.of(method);
        if (asynchronous != null && !isAsync()) {
            throw new BrokenPromiseException(
                    promise + " covers " + name() + ", which returns " + asynchronous.getSimpleName()
                            + ": its work goes on after it has returned, where this version cannot keep the promise.",
                    action);
        }
    }

    /**
     * Resolves a duration of a promise.
     *
     * @param attribute for people: {@code ttl of @Idempotent}
     * @throws BrokenPromiseException if it is none, is negative, or is zero and must not be
     */
    public Duration duration(
            CompiledDuration compiled, String attribute, boolean zeroAllowed, PropertyResolver properties) {
        String problem;
        try {
            Duration duration = compiled.resolve(properties::resolveRequiredPlaceholders);
            if (!duration.isNegative() && (zeroAllowed || !duration.isZero())) {
                return duration;
            }
            problem = "It comes to " + DurationParser.format(duration) + ", and it must be "
                    + (zeroAllowed ? "zero or more" : "positive");
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        throw new BrokenPromiseException(
                "\"" + compiled + "\" cannot be the " + attribute + " for " + name() + ". " + problem + ".",
                "Set the property it names to a duration such as 500ms or 2s, or give it a default: \"${name:2s}\".");
    }

    /**
     * The innermost of several annotations: on the method or one that it overrides or implements, else on the type or a
     * supertype (for public methods and entry points), else on the package (for entry points).
     *
     * @return null if there is none
     */
    public @Nullable MergedAnnotation<?> innermost(List<Class<? extends Annotation>> types) {
        MergedAnnotation<?> own = nearest(onMethod, types);
        if (own != null) {
            return own;
        }
        List<Class<? extends Annotation>> around =
                types.stream().filter(Promises::mayBeOfMethods).toList();
        return reach().skip(1)
                .map(annotations -> nearest(annotations, around))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable MergedAnnotation<?> nearest(
            MergedAnnotations annotations, List<Class<? extends Annotation>> types) {
        return types.stream()
                .<MergedAnnotation<?>>map(annotations::get)
                .filter(MergedAnnotation::isPresent)
                .min((a, b) -> Integer.compare(a.getAggregateIndex(), b.getAggregateIndex()))
                .orElse(null);
    }

    /**
     * What the compiler worked out for an annotation that {@link #innermost} found.
     *
     * @return null if the companion is missing and that is tolerated: the promise is not kept
     * @throws BrokenPromiseException if the companion is missing or stale
     */
    public <T> @Nullable T compiled(MergedAnnotation<?> annotation, Class<T> fact) {
        AnnotatedElement source = (AnnotatedElement) annotation.getSource();
        if (source == null) {
            throw new IllegalStateException(annotation + " has no source");
        }
        CompiledSite site = companions.site(source, beanType.getClassLoader(), Promises.textOf(source));
        if (site == null) {
            return null;
        }
        T compiled = site.fact(fact);
        if (compiled == null) {
            throw new BrokenPromiseException(
                    "The companion of " + Companions.describe(source) + " holds no " + fact.getSimpleName() + ".",
                    Companions.REBUILD);
        }
        return compiled;
    }

    /** All promises that may reach the method: on it, on its type, and for an entry point on its package. */
    List<Class<? extends Annotation>> promises() {
        return Stream.concat(
                        types(onMethod).filter(Promises::isPromise),
                        reach().skip(1).flatMap(PromisedMethod::types).filter(Promises::isPromiseOfMethods))
                .distinct()
                .toList();
    }

    private static Stream<Class<? extends Annotation>> types(MergedAnnotations annotations) {
        return annotations.stream().map(MergedAnnotation::getType);
    }

    /** From the inside out. */
    private Stream<MergedAnnotations> reach() {
        boolean entryPoint = isEntryPoint();
        Stream.Builder<MergedAnnotations> reach =
                Stream.<MergedAnnotations>builder().add(onMethod);
        if (entryPoint || Modifier.isPublic(method.getModifiers())) {
            reach.add(onType);
        }
        if (entryPoint) {
            reach.add(MergedAnnotations.from(beanType.getPackage()));
            reach.add(MergedAnnotations.from(method.getDeclaringClass().getPackage()));
        }
        return reach.build();
    }

    /** The methods that a promise on a package covers; on a type it covers them even if they are not public. */
    private boolean isEntryPoint() {
        return Stream.of(EntryPoints.HANDLERS, EntryPoints.LISTENERS, EntryPoints.LISTENER_METHODS)
                        .flatMap(Set::stream)
                        .anyMatch(onMethod::isPresent)
                || onMethod.isPresent(EntryPoints.SCHEDULED)
                || onType.isPresent(EntryPoints.FEIGN_CLIENT);
    }
}
