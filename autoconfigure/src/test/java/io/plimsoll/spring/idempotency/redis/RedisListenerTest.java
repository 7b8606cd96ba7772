package io.plimsoll.spring.idempotency.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.spring.idempotency.Effects;
import io.plimsoll.test.PostgresDatabase;
import io.plimsoll.test.PostgresServer;
import io.plimsoll.test.RedisServer;
import io.plimsoll.timeout.NoTimeout;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.annotation.EnableRedisListeners;
import org.springframework.data.redis.annotation.RedisListener;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** A channel has a message for every instance of an application, and no headers: the key is in the message. */
class RedisListenerTest {

    private static final AtomicInteger DELIVERIES = new AtomicInteger();

    private final String channel = "orders-" + UUID.randomUUID();

    private ApplicationContextRunner runner(PostgresDatabase database) {
        return Effects.runner(database, DataRedisAutoConfiguration.class, RedisIdempotencyAutoConfiguration.class)
                .withPropertyValues(
                        "spring.data.redis.host=" + RedisServer.shared().host(),
                        "spring.data.redis.port=" + RedisServer.shared().port(),
                        "test.channel=" + channel)
                .withUserConfiguration(Listening.class)
                .withBean(Orders.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableRedisListeners
    static class Listening {

        @Bean
        RedisMessageListenerContainer redisMessageListenerContainer(RedisConnectionFactory connections) {
            RedisMessageListenerContainer container = new RedisMessageListenerContainer();
            container.setConnectionFactory(connections);
            return container;
        }
    }

    @NoTimeout(reason = "a test")
    static class Orders {

        private final Effects effects;

        Orders(Effects effects) {
            this.effects = effects;
        }

        @Idempotent(key = "#order")
        @RedisListener(topic = "${test.channel}")
        public void placed(String order) {
            effects.add(order);
            DELIVERIES.addAndGet(100);
        }

        @NotIdempotent(reason = "it counts")
        @RedisListener(topic = "${test.channel}")
        public void delivered(String order) {
            DELIVERIES.incrementAndGet();
        }
    }

    @Test
    void ofTwoInstancesOneProcessesTheMessage() {
        PostgresDatabase database = PostgresServer.shared().createDatabase();
        runner(database).run(one -> runner(database).run(other -> {
            StringRedisTemplate redis = one.getBean(StringRedisTemplate.class);
            redis.convertAndSend(channel, "a");
            redis.convertAndSend(channel, "b");

            // Each was delivered to both, and done by one of them.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(DELIVERIES).hasValue(2 * 2 + 2 * 100));
            assertThat(one.getBean(Effects.class).all()).containsExactly("a", "b");
        }));
    }
}
