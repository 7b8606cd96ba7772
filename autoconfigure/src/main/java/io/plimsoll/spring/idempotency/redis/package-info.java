/** Keeps the leases of {@link io.plimsoll.idempotency.Idempotent} in Redis. */
@NullMarked
package io.plimsoll.spring.idempotency.redis;

import org.jspecify.annotations.NullMarked;
