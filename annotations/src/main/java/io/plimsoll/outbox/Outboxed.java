package io.plimsoll.outbox;

import io.plimsoll.companion.KeyExpression;
import io.plimsoll.companion.Promise;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that an event is delivered if, and only if, what it tells of is committed.
 *
 * <p>On a method the event is what it returns, or each of them if that is an {@link Iterable} or an array;
 * none for {@code null} and an empty {@code Optional}. The method runs in the transaction that is there, or in one of its own. If
 * it throws, nothing is published.
 *
 * <p>On a type every event of it that is given to Spring's {@code ApplicationEventPublisher} in a transaction is published, by the
 * same rules; without a transaction that call throws {@link NoTransactionForEventException}. Listeners of the application are
 * told as before.
 *
 * <p>An event is of a class with {@link EventType}; the compiler refuses one without. See {@link Outbox} for order and delivery.
 */
@Promise(onTypes = false)
@Documented
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Outboxed {

    /** Where the event goes. Not blank. */
    String topic();

    /**
     * Which events keep their order among each other, such as {@code "#event.order"}. {@code #event} is the event, of which a
     * method may return several; {@code #result} is what the method returned. Empty: they have no order.
     */
    @KeyExpression(variables = {KeyExpression.RESULT, KeyExpression.EVENT})
    String key() default "";

    /** On a method: what to publish instead of its result, such as {@code "#result.event"}. Empty: the result. */
    @KeyExpression(variables = KeyExpression.RESULT, stable = false)
    String payload() default "";
}
