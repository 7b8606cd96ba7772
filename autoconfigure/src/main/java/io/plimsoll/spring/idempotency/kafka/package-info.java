/** {@link io.plimsoll.idempotency.Idempotent} listeners of Kafka. */
@NullMarked
package io.plimsoll.spring.idempotency.kafka;

import org.jspecify.annotations.NullMarked;
