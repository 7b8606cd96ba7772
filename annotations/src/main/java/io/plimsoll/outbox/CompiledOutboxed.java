package io.plimsoll.outbox;

import io.plimsoll.companion.CompiledExpression;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Outboxed} as the compiler left it, part of a {@link io.plimsoll.companion.Companion}.
 *
 * @param topic where the event goes
 * @param key evaluated with the arguments of the method, its result and the event, in that order; on a type with the event alone.
 *     Null if {@link Outboxed#key()} is empty
 * @param payload evaluated with the arguments of the method and its result. Null if {@link Outboxed#payload()} is empty
 */
public record CompiledOutboxed(
        String topic,
        @Nullable CompiledExpression key,
        @Nullable CompiledExpression payload) {}
