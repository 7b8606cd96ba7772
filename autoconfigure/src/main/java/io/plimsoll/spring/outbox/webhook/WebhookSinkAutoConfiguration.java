package io.plimsoll.spring.outbox.webhook;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.OutboxAutoConfiguration;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the sink {@code webhook} of the outbox, where there is a URL for it. */
@AutoConfiguration(before = OutboxAutoConfiguration.class)
@ConditionalOnProperty("plimsoll.outbox.webhook.url")
@EnableConfigurationProperties(WebhookSinkProperties.class)
public final class WebhookSinkAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "webhookOutboxSink")
    OutboxSink webhookOutboxSink(
            WebhookSinkProperties properties, @Value("${spring.application.name:application}") String application) {
        return new WebhookSink(new EventRequest(properties, application, Clock.systemUTC()), properties.timeout());
    }
}
