package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.companion.NullValueException;
import io.plimsoll.idempotency.KeyMissingException;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one method promises, resolved at start-up.
 *
 * @param name for people: {@code com.acme.OrderService.place}
 * @param signature for records: overloads and classes of the same simple name differ in it
 * @param mode never {@link Mode#AUTO}
 * @param recovery null if there is none
 * @param application whose records these are, in a database that several applications share
 */
record IdempotentMethod(
        String name,
        String signature,
        String application,
        @Nullable CompiledExpression key,
        @Nullable CompiledExpression scope,
        @Nullable CompiledExpression fingerprint,
        Duration ttl,
        Mode mode,
        Duration lease,
        OnLost onLost,
        @Nullable Recovery recovery,
        OnDuplicate onDuplicate,
        Duration maxWait) {

    /** The id as far as source and scope go; the key is still to come. */
    StableDigest beginId(String kind, Object[] arguments) {
        StableDigest id = new StableDigest().add(application).add(kind);
        return scope == null ? id.addAbsent() : id.add(evaluate(scope, arguments));
    }

    /** @throws KeyMissingException if there is no value */
    Object evaluate(CompiledExpression expression, Object[] arguments) {
        try {
            return expression.evaluate(arguments);
        } catch (NullValueException e) {
            throw new KeyMissingException(name, e.expression());
        }
    }
}
