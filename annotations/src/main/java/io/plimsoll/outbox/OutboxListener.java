package io.plimsoll.outbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Receives the events of a topic in the application that published them, after their transaction has committed.
 *
 * <p>The method takes the event, of a class with {@link EventType}, or a {@link io.plimsoll.outbox.sink.OutboxMessage}; events of
 * the topic that are of another type pass it by. It runs in a transaction on the database of the outbox, which also removes the
 * event: what it does there happens <b>exactly once</b>, without any record of its own. What it does elsewhere may happen again
 * when its process dies, and is the business of {@code @Idempotent}.
 *
 * <p>Events of one key come one after another, in order. If the method throws, its transaction is rolled back and the event comes
 * again later, by the policy of its topic; other keys do not wait for it.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OutboxListener {

    /** Of which topic. Not blank. */
    String topic();
}
