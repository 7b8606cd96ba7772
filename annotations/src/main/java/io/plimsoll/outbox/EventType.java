package io.plimsoll.outbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an event is called wherever it goes. Never the name of a class, which the next refactoring would change under those who
 * wait for it.
 *
 * <pre>{@code
 * @EventType(name = "order.placed", version = 1)
 * record OrderPlaced(UUID order, BigDecimal total) {}
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** The name on the wire: {@code order.placed}. Not blank. */
    String name();

    /** Of its contents; from 1. A change that a consumer of the one before could not read is a new one. */
    int version();
}
