package io.plimsoll.spring.outbox.kafka;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.OutboxAutoConfiguration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ProducerFactory;

/** Auto-configuration of the sink {@code kafka} of the outbox. */
@AutoConfiguration(
        before = OutboxAutoConfiguration.class,
        afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnClass(ProducerFactory.class)
@ConditionalOnSingleCandidate(ProducerFactory.class)
@ConditionalOnBooleanProperty(name = "plimsoll.outbox.kafka.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KafkaSinkProperties.class)
public final class KafkaSinkAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "kafkaOutboxSink")
    OutboxSink kafkaOutboxSink(
            ProducerFactory<?, ?> factory,
            KafkaSinkProperties properties,
            @Value("${spring.application.name:application}") String application) {
        // What the factory of the application was told: where the broker is, and how to be let in.
        Map<String, Object> settings = ProducerSettings.of(factory.getConfigurationProperties(), properties);
        return new KafkaSink(
                () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                application,
                properties.timeout());
    }
}
