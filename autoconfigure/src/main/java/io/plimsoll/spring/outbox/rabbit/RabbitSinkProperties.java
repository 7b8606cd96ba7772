package io.plimsoll.spring.outbox.rabbit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * {@code plimsoll.outbox.rabbit.*}.
 *
 * @param enabled Whether there is a sink of that name, where there is a ConnectionFactory.
 * @param exchange To which exchange events are published, with their topic as routing key. The default exchange, which takes them to
 *     the queue of that name, if it is empty.
 * @param timeout How long a batch may take until each of its events has an answer. Shorter than plimsoll.outbox.lease.
 * @param maxMessageSize What the broker takes at most. A larger event is rejected here; the broker would close the channel, and with
 *     it fail others.
 */
@ConfigurationProperties("plimsoll.outbox.rabbit")
record RabbitSinkProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String exchange,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("16MB") DataSize maxMessageSize) {

    RabbitSinkProperties {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.rabbit.timeout",
                    timeout,
                    "A broker that writes to its disk and those of others needs longer. Set it to at least 1s; 10s is the default.");
        }
        if (maxMessageSize.toBytes() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.rabbit.max-message-size",
                    maxMessageSize,
                    "Set it to max_message_size of the broker: 16MB, if nobody has changed it.");
        }
    }
}
