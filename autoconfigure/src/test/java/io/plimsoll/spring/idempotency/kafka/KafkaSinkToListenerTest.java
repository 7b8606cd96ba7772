package io.plimsoll.spring.idempotency.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.idempotency.Effects;
import io.plimsoll.spring.outbox.Answers;
import io.plimsoll.spring.outbox.kafka.KafkaSinkAutoConfiguration;
import io.plimsoll.test.PostgresServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** What the sink writes is what listeners know an event by. */
class KafkaSinkToListenerTest {

    private static final EmbeddedKafkaBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);

    @BeforeAll
    static void start() {
        BROKER.afterPropertiesSet();
    }

    @AfterAll
    static void stop() {
        BROKER.destroy();
    }

    @Test
    void anEventThatIsDeliveredTwiceHasOneEffect() {
        String topic = "orders-" + UUID.randomUUID();
        BROKER.addTopics(topic);
        OutboxMessage first = Answers.message(topic, "key", "first");
        OutboxMessage last = Answers.message(topic, "key", "last");
        Effects.runner(
                        PostgresServer.shared().createDatabase(),
                        KafkaAutoConfiguration.class,
                        KafkaIdempotencyAutoConfiguration.class,
                        KafkaSinkAutoConfiguration.class)
                .withPropertyValues(
                        "spring.kafka.bootstrap-servers=" + BROKER.getBrokersAsString(),
                        "spring.kafka.consumer.auto-offset-reset=earliest",
                        "test.topic=" + topic)
                .withBean(KafkaListenerTest.Orders.class)
                .run(context -> {
                    OutboxSink sink = context.getBean(OutboxSink.class);
                    assertThat(Answers.of(sink, List.of(first)).delivered()).hasSize(1);
                    assertThat(Answers.of(sink, List.of(first)).delivered()).hasSize(1);
                    assertThat(Answers.of(sink, List.of(last)).delivered()).hasSize(1);

                    assertThat(Effects.allOnceThereIs("last", context)).containsExactly("first", "last");
                });
    }
}
