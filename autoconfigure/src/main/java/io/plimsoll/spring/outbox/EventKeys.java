package io.plimsoll.spring.outbox;

import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys as text, the same in every process. */
final class EventKeys {

    private EventKeys() {}

    /** @throws IllegalArgumentException if its text says nothing, or something else tomorrow */
    static @Nullable String text(@Nullable Object key) {
        if (key == null) {
            return null;
        }
        boolean stable = key instanceof CharSequence
                || key instanceof Character
                || key instanceof Long
                || key instanceof Integer
                || key instanceof Short
                || key instanceof Byte
                || key instanceof BigInteger
                || key instanceof Boolean
                || key instanceof UUID
                || key instanceof TemporalAccessor;
        if (stable) {
            return key.toString();
        }
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        if (key instanceof List<?> parts) {
            return parts.stream().map(EventKeys::text).toList().toString();
        }
        throw new IllegalArgumentException("A " + key.getClass().getName()
                + " is no key of an event: its text is not the same everywhere. Give the id that is in it.");
    }
}
