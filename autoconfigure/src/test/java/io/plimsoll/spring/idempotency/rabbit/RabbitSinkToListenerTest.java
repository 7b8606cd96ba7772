package io.plimsoll.spring.idempotency.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.idempotency.Effects;
import io.plimsoll.spring.outbox.Answers;
import io.plimsoll.spring.outbox.rabbit.RabbitSinkAutoConfiguration;
import io.plimsoll.test.PostgresServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.amqp.core.Queue;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;

/** What the sink writes is what listeners know an event by. */
@EnabledIf(
        value = "io.plimsoll.spring.idempotency.rabbit.Broker#answers",
        disabledReason = "no RabbitMQ answers at localhost:5672; .ci/run starts one")
class RabbitSinkToListenerTest {

    @Test
    void anEventThatIsDeliveredTwiceHasOneEffect() {
        String queue = "orders-" + UUID.randomUUID();
        OutboxMessage first = Answers.message(queue, "key", "first");
        OutboxMessage last = Answers.message(queue, "key", "last");
        Effects.runner(
                        PostgresServer.shared().createDatabase(),
                        RabbitAutoConfiguration.class,
                        RabbitIdempotencyAutoConfiguration.class,
                        RabbitSinkAutoConfiguration.class)
                .withPropertyValues(
                        "spring.rabbitmq.host=localhost",
                        "spring.rabbitmq.port=" + Broker.PORT,
                        "spring.rabbitmq.listener.simple.default-requeue-rejected=false",
                        "test.queue=" + queue)
                .withBean(Queue.class, () -> new Queue(queue, false, false, true))
                .withBean(RabbitListenerTest.Orders.class)
                .run(context -> {
                    OutboxSink sink = context.getBean(OutboxSink.class);
                    assertThat(Answers.of(sink, List.of(first)).delivered()).hasSize(1);
                    assertThat(Answers.of(sink, List.of(first)).delivered()).hasSize(1);
                    assertThat(Answers.of(sink, List.of(last)).delivered()).hasSize(1);

                    assertThat(Effects.allOnceThereIs("last", context)).containsExactly("first", "last");
                });
    }
}
