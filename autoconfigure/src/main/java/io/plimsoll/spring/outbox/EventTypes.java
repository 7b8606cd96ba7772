package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.EventType;

/** What events are called. Thread-safe. */
final class EventTypes {

    private static final ClassValue<EventType> TYPES = new ClassValue<>() {
        @Override
        protected EventType computeValue(Class<?> type) {
            EventType found = type.getAnnotation(EventType.class);
            if (found == null) {
                throw new IllegalArgumentException(type.getName()
                        + " was published and has no @EventType: it would have to be called by the name of its class, which the"
                        + " next refactoring changes under those who wait for it. Put @EventType(name = \"...\", version = 1) on"
                        + " it.");
            }
            if (found.name().isBlank() || found.version() < 1) {
                throw new IllegalArgumentException("The @EventType of " + type.getName()
                        + " needs a name that is not blank, and a version from 1 on.");
            }
            return found;
        }
    };

    private EventTypes() {}

    /** @throws IllegalArgumentException if it has none, or one that is none */
    static EventType of(Class<?> event) {
        return TYPES.get(event);
    }
}
