/** Events to Kafka. */
@NullMarked
package io.plimsoll.spring.outbox.kafka;

import org.jspecify.annotations.NullMarked;
