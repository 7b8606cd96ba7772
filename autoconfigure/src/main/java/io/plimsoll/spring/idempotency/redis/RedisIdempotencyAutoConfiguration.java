package io.plimsoll.spring.idempotency.redis;

import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.spring.idempotency.IdempotencyAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * Auto-configuration of the idempotency store in Redis: where {@code plimsoll.idempotency.lease-store} asks for it, and
 * where there is no database.
 */
@AutoConfiguration(
        before = IdempotencyAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnClass(RedisTemplate.class)
@ConditionalOnBean(RedisConnectionFactory.class)
@EnableConfigurationProperties(RedisIdempotencyProperties.class)
public final class RedisIdempotencyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(IdempotencyStore.class)
    @Conditional(Wanted.class)
    RedisIdempotencyStore plimsollRedisIdempotencyStore(
            RedisConnectionFactory connections, RedisIdempotencyProperties properties) {
        return new RedisIdempotencyStore(connections, properties.keyPrefix());
    }

    /** Asked for, or the only one there is. */
    static final class Wanted extends AnyNestedCondition {

        Wanted() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(name = "plimsoll.idempotency.lease-store", havingValue = "redis")
        static final class AskedFor {}

        @ConditionalOnMissingBean(type = "javax.sql.DataSource")
        static final class NoDatabase {}
    }
}
