package io.plimsoll.test;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@link RealRedis} imports. */
@Configuration(proxyBeanMethods = false)
class RealRedisConfiguration {

    @Bean
    DataRedisConnectionDetails realRedisConnectionDetails() {
        RedisServer server = RedisServer.shared();
        return new DataRedisConnectionDetails() {
            @Override
            public Standalone getStandalone() {
                return Standalone.of(server.host(), server.port());
            }
        };
    }
}
