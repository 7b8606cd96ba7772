package io.plimsoll.spring.idempotency.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.spring.idempotency.Effects;
import io.plimsoll.spring.idempotency.ListenerEvents;
import io.plimsoll.test.PostgresServer;
import io.plimsoll.timeout.NoTimeout;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Listeners on a real broker: the key is the event's id. */
@EnabledIf(
        value = "io.plimsoll.spring.idempotency.rabbit.Broker#answers",
        disabledReason = "no RabbitMQ answers at localhost:5672; .ci/run starts one")
class RabbitListenerTest {

    private final String queue = "orders-" + UUID.randomUUID();

    private ApplicationContextRunner runner(Class<?> listener) {
        return Effects.runner(
                        PostgresServer.shared().createDatabase(),
                        RabbitAutoConfiguration.class,
                        RabbitIdempotencyAutoConfiguration.class)
                .withPropertyValues(
                        "spring.rabbitmq.host=localhost",
                        "spring.rabbitmq.port=" + Broker.PORT,
                        // What fails is thrown away, unless it only has to wait.
                        "spring.rabbitmq.listener.simple.default-requeue-rejected=false",
                        "test.queue=" + queue)
                .withBean(Queue.class, () -> new Queue(queue, false, false, true))
                .withBean(listener);
    }

    private void send(ApplicationContext context, @Nullable String id, String payload) {
        context.getBean(RabbitTemplate.class).convertAndSend(queue, (Object) payload, message -> {
            message.getMessageProperties().setMessageId(id);
            return message;
        });
    }

    static class Orders {

        static final CountDownLatch HOLDING = new CountDownLatch(1);
        static final CountDownLatch RELEASE = new CountDownLatch(1);

        private final Effects effects;

        Orders(Effects effects) {
            this.effects = effects;
        }

        @Idempotent(maxWait = "50ms")
        @RabbitListener(queues = "${test.queue}")
        @NoTimeout(reason = "a test")
        public void placed(String payload) throws InterruptedException {
            effects.add(payload);
            if (Thread.currentThread().getName().equals("other consumer")) {
                HOLDING.countDown();
                RELEASE.await();
                throw new IllegalStateException("the other consumer fails in the end");
            }
        }
    }

    @Test
    void anEventThatIsSentTwiceHasOneEffect() {
        runner(Orders.class).run(context -> {
            send(context, "1", "a");
            send(context, "1", "a");
            send(context, "2", "b");
            send(context, "1", "a");
            send(context, "3", "last");

            assertThat(Effects.allOnceThereIs("last", context)).containsExactly("a", "b", "last");
        });
    }

    @Test
    void anEventWithoutAnIdIsNotProcessed() {
        runner(Orders.class).run(context -> {
            send(context, null, "nameless");
            send(context, "2", "last");

            assertThat(Effects.allOnceThereIs("last", context)).containsExactly("last");
        });
    }

    @Test
    void anEventThatAnotherConsumerIsAtComesAgain() {
        AtomicInteger attempts = new AtomicInteger();
        ContainerCustomizer<SimpleMessageListenerContainer> counting =
                container -> container.setAfterReceivePostProcessors(message -> {
                    attempts.incrementAndGet();
                    return message;
                });
        runner(Orders.class).withBean(ContainerCustomizer.class, () -> counting).run(context -> {
            Orders listener = context.getBean(Orders.class);
            Thread other = new Thread(
                    () -> {
                        context.getBean(ListenerEvents.class).begin(name -> name.equals("message-id") ? "1" : null);
                        try {
                            listener.placed("a");
                        } catch (Exception e) {
                            // As it is to be.
                        }
                    },
                    "other consumer");
            other.start();
            assertThat(Orders.HOLDING.await(20, TimeUnit.SECONDS)).isTrue();
            send(context, "1", "a");
            await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() > 3);
            assertThat(context.getBean(Effects.class).all()).isEmpty();
            Orders.RELEASE.countDown();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> context.getBean(Effects.class).all().equals(List.of("a")));
        });
    }
}
