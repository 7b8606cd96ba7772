package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Recovered;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.spring.weaving.PromisedMethod;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** Finds out what became of a call. Thread-safe if the application's part of it is. */
@FunctionalInterface
interface Recovery {

    /** @param target the bean, without its proxy */
    Recovered<?> ask(@Nullable Object target, @Nullable Object[] arguments) throws Throwable;

    /**
     * Finds the method that {@code recover} names, in the class of the promise and those above it.
     *
     * @throws BrokenPromiseException if it is not there, or does not fit
     */
    static Recovery of(PromisedMethod promised, String name) {
        Class<?>[] parameters = promised.method().getParameterTypes();
        Method method = ReflectionUtils.findMethod(promised.beanType(), name, parameters);
        if (method == null || method.getReturnType() != Recovered.class) {
            throw new BrokenPromiseException(
                    "recover = \"" + name + "\" of @Idempotent on " + promised.name() + " names no method of "
                            + promised.beanType().getName() + " with the same parameters that returns a Recovered.",
                    "Declare " + Recovered.class.getName() + "<...> " + name + "(...) with the parameters of "
                            + promised.method().getName() + ".");
        }
        ReflectionUtils.makeAccessible(method);
        return (target, arguments) -> ask(method, target, arguments);
    }

    private static Recovered<?> ask(Method method, @Nullable Object target, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return Objects.requireNonNull(
                    (Recovered<?>) method.invoke(target, arguments), "a Recovered, which can be unknown()");
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
