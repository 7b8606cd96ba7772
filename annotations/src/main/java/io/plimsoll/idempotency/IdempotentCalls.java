package io.plimsoll.idempotency;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link Idempotent} for work that is no method of a bean, or whose key only shows at run time: the same engine, the same
 * records. A bean; thread-safe.
 *
 * <pre>{@code
 * private final IdempotentCalls.Operation<Receipt> charge =
 *         calls.named("charge", Receipt.class).mode(Mode.LEASE).build();
 *
 * Receipt pay(Order order) {
 *     return charge.call(order.id(), order, () -> gateway.charge(order));
 * }
 * }</pre>
 */
public interface IdempotentCalls {

    /**
     * Begins to describe an operation.
     *
     * @param name belongs to every key, so it tells the operation apart from all others of the application; never change it
     * @param result what it returns: written as JSON and read back as this class; {@link Void} for nothing
     */
    <R> Builder<R> named(String name, Class<R> result);

    /** Describes an operation; what is not said is as {@link Idempotent} has it. Confined to its thread. */
    interface Builder<R> {

        Builder<R> mode(Mode mode);

        Builder<R> ttl(Duration ttl);

        Builder<R> lease(Duration lease);

        Builder<R> onLost(OnLost onLost);

        Builder<R> onDuplicate(OnDuplicate onDuplicate);

        Builder<R> maxWait(Duration maxWait);

        /** @see Idempotent#recordFailures() */
        Builder<R> recordFailures(Class<?>... failures);

        /**
         * The operation, to be kept and used again and again.
         *
         * @throws IllegalArgumentException if a duration is not positive, or another setting makes no sense
         */
        Operation<R> build();
    }

    /** An operation that has one effect and one answer per key. Thread-safe. */
    interface Operation<R> {

        /**
         * Does it, or gives the answer of the call that has done it.
         *
         * @param key a text, an integral number, a boolean, a UUID, an enum, a value of {@code java.time}, or a list of
         *     these
         * @param payload what must not change under the key, written as JSON; null if nothing else belongs to it
         * @throws IdempotencyException if the call was not let through
         * @throws E if the work fails
         */
        default <E extends Exception> @Nullable R call(
                Object key, @Nullable Object payload, Idempotency.Work<? extends @Nullable R, E> work) throws E {
            return call(key, payload, work, Recovered::unknown);
        }

        /**
         * Does it, or gives the answer of the call that has done it, or of one whose outcome was unknown.
         *
         * @param recover as {@link Idempotent#recover()}
         */
        <E extends Exception> @Nullable R call(
                Object key,
                @Nullable Object payload,
                Idempotency.Work<? extends @Nullable R, E> work,
                Supplier<Recovered<R>> recover)
                throws E;
    }
}
