package io.plimsoll.idempotency;

import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledExpression;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Idempotent} as the compiler left it, part of a {@link io.plimsoll.companion.Companion}.
 *
 * @param key null if {@link Idempotent#key()} is empty
 * @param scope null if {@link Idempotent#scope()} is empty
 * @param fingerprint null if {@link Idempotent#fingerprint()} is empty
 * @param ttl positive, once resolved
 * @param lease positive, once resolved
 * @param recover empty if there is none
 * @param maxWait not negative, once resolved
 */
public record CompiledIdempotent(
        @Nullable CompiledExpression key,
        @Nullable CompiledExpression scope,
        @Nullable CompiledExpression fingerprint,
        CompiledDuration ttl,
        Mode mode,
        CompiledDuration lease,
        OnLost onLost,
        String recover,
        OnDuplicate onDuplicate,
        CompiledDuration maxWait) {}
