package io.plimsoll.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events together with the transaction that the thread is in: delivered if it commits, and never if it does not. A
 * bean. Thread-safe.
 *
 * <pre>{@code
 * @Transactional
 * public Order place(Cart cart) {
 *     Order order = orders.save(Order.of(cart));
 *     outbox.publish("orders", order.id(), new OrderPlaced(order.id(), order.total()));
 *     return order;
 * }
 * }</pre>
 *
 * <p>Events of one topic and key are delivered in the order of the transactions that wrote them, if each began to commit after
 * the one before it had committed; that is so wherever those who write about one key lock a row of it. Each is delivered at
 * least once, with an id by which consumers know it again.
 */
public interface Outbox {

    /**
     * Publishes an event, which is written down as JSON now: what happens to the object afterwards is not published.
     *
     * @param topic where it goes
     * @param key which events keep their order among each other: text, a whole number, a UUID or the like; null for none
     * @param event of a class with {@link EventType}
     * @throws NoTransactionForEventException if the thread is in no transaction on the database of the outbox that may write
     * @throws IllegalArgumentException if the event has no type, cannot be written as JSON or is too large, or the key is of a
     *     type without a stable text
     */
    default void publish(String topic, @Nullable Object key, Object event) {
        publish(topic, key, event, Map.of());
    }

    /**
     * Publishes an event, as {@link #publish(String, Object, Object)} does, with something that travels with it.
     *
     * @param headers such as a tenant or a correlation id; their names are lower case letters and digits
     */
    void publish(String topic, @Nullable Object key, Object event, Map<String, String> headers);
}
