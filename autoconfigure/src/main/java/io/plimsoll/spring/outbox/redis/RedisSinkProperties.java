package io.plimsoll.spring.outbox.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@code plimsoll.outbox.redis.*}.
 *
 * @param enabled Whether there is a sink of that name. Many an application has a Redis for other things, so it has to be asked for.
 * @param timeout How long a batch may take until each of its events has an answer. Shorter than plimsoll.outbox.lease.
 * @param maxLength About how many entries a stream keeps: older ones are dropped, read or not. 0 keeps all.
 */
@ConfigurationProperties("plimsoll.outbox.redis")
record RedisSinkProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("0") long maxLength) {

    RedisSinkProperties {
        if (timeout.toMillis() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.redis.timeout", timeout, "It must be positive; 5s is the default.");
        }
        if (maxLength < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.redis.max-length",
                    maxLength,
                    "Set it to a number of entries that is more than consumers are ever behind, or to 0 to keep all.");
        }
    }
}
