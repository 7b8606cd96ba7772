package io.plimsoll.spring.outbox.rabbit;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.OutboxAutoConfiguration;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the sink {@code rabbit} of the outbox. */
@AutoConfiguration(
        before = OutboxAutoConfiguration.class,
        afterName = "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration")
@ConditionalOnClass(ConnectionFactory.class)
@ConditionalOnSingleCandidate(ConnectionFactory.class)
@ConditionalOnBooleanProperty(name = "plimsoll.outbox.rabbit.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RabbitSinkProperties.class)
public final class RabbitSinkAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "rabbitOutboxSink")
    OutboxSink rabbitOutboxSink(
            ConnectionFactory connections,
            RabbitSinkProperties properties,
            @Value("${spring.application.name:application}") String application) {
        return new RabbitSink(new Channels(connections), properties, application);
    }
}
