/** {@link io.plimsoll.idempotency.Idempotent} listeners of RabbitMQ. */
@NullMarked
package io.plimsoll.spring.idempotency.rabbit;

import org.jspecify.annotations.NullMarked;
