/** {@code @Idempotent} on Redis beside its peers. */
@NullMarked
package io.plimsoll.benchmarks.idempotency.redis;

import org.jspecify.annotations.NullMarked;
