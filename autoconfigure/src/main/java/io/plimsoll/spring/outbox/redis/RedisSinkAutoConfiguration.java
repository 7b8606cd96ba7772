package io.plimsoll.spring.outbox.redis;

import io.lettuce.core.RedisClient;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.OutboxAutoConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Auto-configuration of the sink {@code redis} of the outbox, where it is asked for. */
@AutoConfiguration(
        before = OutboxAutoConfiguration.class,
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({LettuceConnectionFactory.class, RedisClient.class})
@ConditionalOnSingleCandidate(LettuceConnectionFactory.class)
@ConditionalOnBooleanProperty("plimsoll.outbox.redis.enabled")
@EnableConfigurationProperties(RedisSinkProperties.class)
public final class RedisSinkAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "redisOutboxSink")
    OutboxSink redisOutboxSink(
            LettuceConnectionFactory connections,
            RedisSinkProperties properties,
            @Value("${spring.application.name:application}") String application) {
        return new RedisSink(
                new TimedConnections(connections),
                new Append(application, properties.maxLength()),
                properties.timeout());
    }
}
