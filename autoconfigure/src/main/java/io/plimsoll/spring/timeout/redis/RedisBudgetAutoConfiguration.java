package io.plimsoll.spring.timeout.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;

/** Auto-configuration of Redis commands under a {@link io.plimsoll.timeout.Timeout}. */
@AutoConfiguration
@ConditionalOnClass({RedisClient.class, LettuceClientConfigurationBuilderCustomizer.class})
public final class RedisBudgetAutoConfiguration {

    /** Last of all: what the application configured is what it starts from. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    LettuceClientConfigurationBuilderCustomizer plimsollRedisBudget() {
        return RedisBudgetAutoConfiguration::bound;
    }

    private static void bound(LettuceClientConfigurationBuilder builder) {
        LettuceClientConfiguration configured = builder.build();
        ClientOptions options = configured.getClientOptions().orElseGet(ClientOptions::create);
        TimeoutOptions timeouts = options.getTimeoutOptions();
        builder.clientOptions(options.mutate()
                .timeoutOptions(TimeoutOptions.builder()
                        .relaxedTimeoutsDuringMaintenance(timeouts.getRelaxedTimeout())
                        .timeoutSource(new BudgetTimeoutSource(timeouts, configured.getCommandTimeout()))
                        .build())
                .build());
    }
}
