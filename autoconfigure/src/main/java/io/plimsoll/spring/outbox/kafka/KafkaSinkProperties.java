package io.plimsoll.spring.outbox.kafka;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@code plimsoll.outbox.kafka.*}.
 *
 * @param enabled Whether there is a sink of that name, where there is a ProducerFactory.
 * @param timeout How long a batch may take until each of its events has an answer. Shorter than plimsoll.outbox.lease by a second at
 *     least, and better by a third of it.
 * @param properties Further settings of the producer, which otherwise has those of spring.kafka.producer.
 */
@ConfigurationProperties("plimsoll.outbox.kafka")
record KafkaSinkProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("12s") Duration timeout,
        @Nullable Map<String, String> properties) {

    KafkaSinkProperties {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.kafka.timeout",
                    timeout,
                    "A broker that elects a new leader needs longer. Set it to at least 1s; 12s is the default.");
        }
        properties = properties == null ? Map.of() : Map.copyOf(properties);
        for (String name : properties.keySet()) {
            if (ProducerSettings.FIXED.contains(name)) {
                throw new InvalidConfigurationPropertyValueException(
                        "plimsoll.outbox.kafka.properties." + name,
                        properties.get(name),
                        "The order of events and their safety depend on it, so the sink sets it itself. Remove it"
                                + (name.endsWith(".ms") ? ", and set plimsoll.outbox.kafka.timeout." : "."));
            }
        }
    }
}
