/** Events to RabbitMQ. */
@NullMarked
package io.plimsoll.spring.outbox.rabbit;

import org.jspecify.annotations.NullMarked;
