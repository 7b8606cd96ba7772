package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.Upcast;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.RejectedMessageException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes events of messages again, brought forward by {@link Upcast} where they are old. Thread-safe. */
final class EventReader {

    private final JsonMapper mapper;

    EventReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Reads a message as an event of a class.
     *
     * @throws RejectedMessageException if it can never be read
     * @throws IllegalStateException if it is newer than the class: another instance may know it
     */
    Object read(OutboxMessage message, Class<?> as) {
        EventType type = EventTypes.of(as);
        if (message.version() > type.version()) {
            throw new IllegalStateException("version " + message.version() + " is newer than " + as.getName());
        }
        if (message.version() == type.version()) {
            return parse(message, as);
        }
        Method upcast = upcast(as);
        if (upcast == null) {
            throw new RejectedMessageException("It is version " + message.version() + " of " + type.name() + ", and "
                    + as.getName() + " of version " + type.version() + " has no @Upcast method for it.");
        }
        upcast.setAccessible(true);
        Object result = ReflectionUtils.invokeMethod(upcast, null, read(message, upcast.getParameterTypes()[0]));
        if (result == null) {
            throw new RejectedMessageException("The @Upcast method of " + as.getName() + " returned null.");
        }
        return result;
    }

    private Object parse(OutboxMessage message, Class<?> as) {
        try {
            return mapper.readValue(message.payload(), as);
        } catch (JacksonException e) {
            // Without its text, which shows the payload.
            throw new RejectedMessageException(
                    "It cannot be read as " + as.getName() + ": " + e.getClass().getSimpleName() + ".");
        }
    }

    private static @Nullable Method upcast(Class<?> as) {
        return Arrays.stream(as.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Upcast.class))
                .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 1)
                .findFirst()
                .orElse(null);
    }
}
