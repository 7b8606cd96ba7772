package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.kafka.KafkaSinkAutoConfiguration;
import io.plimsoll.spring.outbox.rabbit.RabbitSinkAutoConfiguration;
import io.plimsoll.spring.outbox.redis.RedisSinkAutoConfiguration;
import io.plimsoll.spring.outbox.webhook.WebhookSinkAutoConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Which sinks there are. None of them needs its server for that. */
class SinkAutoConfigurationTest {

    private final ApplicationContextRunner sinks = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KafkaSinkAutoConfiguration.class,
                    RabbitSinkAutoConfiguration.class,
                    RedisSinkAutoConfiguration.class,
                    WebhookSinkAutoConfiguration.class));

    private final ApplicationContextRunner all = sinks.withConfiguration(AutoConfigurations.of(
                    KafkaAutoConfiguration.class, RabbitAutoConfiguration.class, DataRedisAutoConfiguration.class))
            .withPropertyValues(
                    "plimsoll.outbox.redis.enabled=true", "plimsoll.outbox.webhook.url=https://example.com/events");

    @Test
    void thereIsOneForEachClientThatIsThere() {
        all.run(context -> assertThat(context.getBeansOfType(OutboxSink.class).values())
                .extracting(OutboxSink::name)
                .containsExactlyInAnyOrder("kafka", "rabbit", "redis", "webhook"));
    }

    @Test
    void withoutAClientThereIsNone() {
        sinks.run(context -> assertThat(context).doesNotHaveBean(OutboxSink.class));
    }

    @Test
    void withoutTheirClassesTheyAreNotEvenLookedAt() {
        all.withClassLoader(new FilteredClassLoader(
                        "org.springframework.kafka", "org.springframework.amqp", "io.lettuce.core"))
                .run(context ->
                        assertThat(context.getBeansOfType(OutboxSink.class)).containsOnlyKeys("webhookOutboxSink"));
    }

    @Test
    void aRedisIsOneOnlyIfThatIsAskedFor() {
        sinks.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(OutboxSink.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "rabbit", "redis"})
    void eachCanBeSwitchedOff(String name) {
        all.withPropertyValues("plimsoll.outbox." + name + ".enabled=false").run(context -> assertThat(
                        context.getBeansOfType(OutboxSink.class).values())
                .extracting(OutboxSink::name)
                .hasSize(3)
                .doesNotContain(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "rabbit", "redis", "webhook"})
    void oneOfTheApplicationTakesItsPlace(String name) {
        OutboxSink own = new Collector();
        all.withBean(name + "OutboxSink", OutboxSink.class, () -> own)
                .run(context -> assertThat(context.getBeansOfType(OutboxSink.class))
                        .hasSize(4)
                        .containsEntry(name + "OutboxSink", own));
    }

    /** The default lease is 20 s, of which a third may have passed: until then events are to be sent. */
    @Test
    void theyAnswerWithinTwoThirdsOfALease() {
        all.run(context -> assertThat(context.getBeansOfType(OutboxSink.class).values())
                .allMatch(each -> each.deliveryTimeout().compareTo(Duration.ofMillis(12_300)) < 0));
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.timeout=10ms, plimsoll.outbox.kafka.timeout",
        "kafka.properties.acks=1, plimsoll.outbox.kafka.properties.acks",
        "rabbit.timeout=10ms, plimsoll.outbox.rabbit.timeout",
        "rabbit.max-message-size=0B, plimsoll.outbox.rabbit.max-message-size",
        "redis.timeout=0s, plimsoll.outbox.redis.timeout",
        "redis.max-length=-1, plimsoll.outbox.redis.max-length",
        "webhook.url=/events, plimsoll.outbox.webhook.url",
        "webhook.url=, plimsoll.outbox.webhook.url",
        "webhook.timeout=0s, plimsoll.outbox.webhook.timeout",
        "webhook.secret=whsec_!!!, plimsoll.outbox.webhook.secret",
    })
    void aSettingThatCannotWorkIsNamed(String setting, String name) {
        all.withPropertyValues("plimsoll.outbox." + setting).run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining(name)
                .hasMessageNotContaining("!!!"));
    }
}
