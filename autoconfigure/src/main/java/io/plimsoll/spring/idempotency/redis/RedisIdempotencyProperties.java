package io.plimsoll.spring.idempotency.redis;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code plimsoll.idempotency.redis.*}.
 *
 * @param keyPrefix What the keys of the records begin with in Redis.
 */
@ConfigurationProperties("plimsoll.idempotency.redis")
record RedisIdempotencyProperties(
        @DefaultValue("plimsoll:idempotency:") String keyPrefix) {}
