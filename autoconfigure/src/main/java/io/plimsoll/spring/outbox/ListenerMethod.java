package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ReflectionUtils;

/**
 * A method with {@link OutboxListener}, called through its bean: whatever else it promises holds. Thread-safe.
 *
 * @param bean whose method it is, with all that stands before it
 * @param event of which class the events are; {@link OutboxMessage} for those that take any
 * @param several whether it takes a list of them
 */
record ListenerMethod(String topic, Supplier<Object> bean, Method method, Class<?> event, boolean several) {

    /** @throws BrokenPromiseException if nobody could call it with an event */
    static ListenerMethod of(String topic, Supplier<Object> bean, Method method) {
        if (topic.isBlank()) {
            throw refused(method, "has no topic", "Name the topic whose events it is for");
        }
        if (method.getParameterCount() != 1) {
            throw refused(
                    method,
                    "takes " + method.getParameterCount() + " parameters",
                    "Let it take the event, a List of events, or an OutboxMessage");
        }
        Class<?> result = method.getReturnType();
        if (CompletionStage.class.isAssignableFrom(result)
                || Future.class.isAssignableFrom(result)
                || AnnotatedElementUtils.hasAnnotation(method, Async.class)
                || AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Async.class)) {
            throw refused(
                    method,
                    "goes on after it has returned, outside of the transaction that removes the event",
                    "Let it do its work itself, and return nothing");
        }
        ResolvableType parameter = ResolvableType.forMethodParameter(method, 0);
        boolean several = parameter.resolve(Object.class) == List.class;
        Class<?> event = (several ? parameter.getGeneric(0) : parameter).resolve(Object.class);
        if (event != OutboxMessage.class && !event.isAnnotationPresent(EventType.class)) {
            throw refused(
                    method,
                    "takes " + (several ? "a List of " : "a ") + event.getName()
                            + ", which has no @EventType, so nobody knows" + " which events it is for",
                    "Put @EventType(name = \"...\", version = 1) on it, as the event that is published has it");
        }
        return new ListenerMethod(topic, bean, method, event, several);
    }

    private static BrokenPromiseException refused(Method method, String what, String action) {
        return new BrokenPromiseException(
                method.getDeclaringClass().getName() + "." + method.getName() + " is an @OutboxListener and " + what
                        + ".",
                action + ".");
    }

    /** The type of its events; null if it takes any. */
    @Nullable
    EventType type() {
        return event == OutboxMessage.class ? null : EventTypes.of(event);
    }

    /** @throws Exception what the method has thrown */
    void call(Object argument) throws Exception {
        Object target = bean.get();
        try {
            Method invocable = AopUtils.selectInvocableMethod(method, target.getClass());
            ReflectionUtils.makeAccessible(invocable);
            invocable.invoke(target, argument);
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof Exception failure) {
                throw failure;
            }
            if (e.getTargetException() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}
