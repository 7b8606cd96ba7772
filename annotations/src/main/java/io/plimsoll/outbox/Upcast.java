package io.plimsoll.outbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Brings an old event forward, for listeners that know the new one alone: {@code static OrderPlacedV2 upcast(OrderPlaced old)}, a
 * static method of the new type. Both types carry an {@link EventType} of one name, and the new one the higher version. Several are
 * chained.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Upcast {}
