package io.plimsoll.spring.idempotency.kafka;

import io.plimsoll.spring.idempotency.IdempotencyAutoConfiguration;
import io.plimsoll.spring.idempotency.ListenerEvents;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** Auto-configuration of {@link io.plimsoll.idempotency.Idempotent} listeners of Kafka. */
@AutoConfiguration(after = IdempotencyAutoConfiguration.class)
@ConditionalOnBean(ListenerEvents.class)
@ConditionalOnClass(KafkaListenerEndpointRegistry.class)
public final class KafkaIdempotencyAutoConfiguration {

    /** Between two attempts at a record that another consumer is at, which has waited already. */
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    @Bean
    KafkaListeners plimsollIdempotentKafkaListeners(
            ObjectProvider<KafkaListenerEndpointRegistry> registries, ListenerEvents events) {
        return new KafkaListeners(registries, events, BACK_OFF);
    }
}
