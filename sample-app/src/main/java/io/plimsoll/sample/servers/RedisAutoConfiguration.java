package io.plimsoll.sample.servers;

import io.plimsoll.test.RedisServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * A Redis of the shop's own, unless {@code spring.data.redis.*} names one; it comes and goes as the PostgreSQL does.
 */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@ConditionalOnMissingBean(DataRedisConnectionDetails.class)
@Conditional(RedisAutoConfiguration.NoRedisGiven.class)
@EnableConfigurationProperties(ShopServersProperties.class)
public final class RedisAutoConfiguration {

    @Bean
    RedisServer shopRedis(ShopServersProperties properties) {
        return RedisServer.at(properties.redisPort());
    }

    @Bean
    DataRedisConnectionDetails shopRedisConnectionDetails(RedisServer server) {
        return new DataRedisConnectionDetails() {
            @Override
            public Standalone getStandalone() {
                return Standalone.of(server.host(), server.port());
            }
        };
    }

    static final class NoRedisGiven extends NoneNestedConditions {

        NoRedisGiven() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("spring.data.redis.host")
        static final class Host {}

        @ConditionalOnProperty("spring.data.redis.port")
        static final class Port {}

        @ConditionalOnProperty("spring.data.redis.url")
        static final class Url {}

        @ConditionalOnProperty("spring.data.redis.cluster.nodes")
        static final class Cluster {}

        @ConditionalOnProperty("spring.data.redis.sentinel.master")
        static final class Sentinel {}
    }
}
