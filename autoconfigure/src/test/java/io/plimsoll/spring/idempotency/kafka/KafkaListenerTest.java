package io.plimsoll.spring.idempotency.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.spring.idempotency.Effects;
import io.plimsoll.spring.idempotency.ListenerEvents;
import io.plimsoll.test.PostgresServer;
import io.plimsoll.timeout.NoTimeout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.messaging.Message;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners on a real broker: the key is the event's id. */
class KafkaListenerTest {

    private static final EmbeddedKafkaBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1)
            .brokerProperties(
                    Map.of("transaction.state.log.replication.factor", "1", "transaction.state.log.min.isr", "1"));

    private final String topic = "orders-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        BROKER.afterPropertiesSet();
    }

    @AfterAll
    static void stop() {
        BROKER.destroy();
    }

    private ApplicationContextRunner runner(Class<?> listener) {
        return Effects.runner(
                        PostgresServer.shared().createDatabase(),
                        KafkaAutoConfiguration.class,
                        KafkaIdempotencyAutoConfiguration.class)
                .withPropertyValues(
                        "spring.kafka.bootstrap-servers=" + BROKER.getBrokersAsString(),
                        "spring.kafka.consumer.auto-offset-reset=earliest",
                        "test.topic=" + topic)
                .withBean(listener);
    }

    private void send(KafkaTemplate<Object, Object> kafka, @Nullable String id, String payload) throws Exception {
        ProducerRecord<Object, Object> record = new ProducerRecord<>(topic, "key", payload);
        if (id != null) {
            record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
        }
        kafka.send(record).get(20, TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked")
    private static KafkaTemplate<Object, Object> kafka(ApplicationContext context) {
        return context.getBean(KafkaTemplate.class);
    }

    static class Orders {

        private final Effects effects;
        final AtomicInteger attempts = new AtomicInteger();

        Orders(Effects effects) {
            this.effects = effects;
        }

        @Idempotent
        @KafkaListener(topics = "${test.topic}", groupId = "${test.topic}")
        @NoTimeout(reason = "a test")
        public void placed(String payload) {
            effects.add(payload);
            if (payload.startsWith("fails once") && attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
        }
    }

    @Test
    void anEventThatIsSentTwiceHasOneEffect() {
        runner(Orders.class).run(context -> {
            KafkaTemplate<Object, Object> kafka = kafka(context);
            send(kafka, "1", "a");
            send(kafka, "1", "a");
            send(kafka, "2", "b");
            send(kafka, "1", "a");
            send(kafka, "3", "last");

            assertThat(Effects.allOnceThereIs("last", context)).containsExactly("a", "b", "last");
        });
    }

    @Test
    void anEventWhoseListenerFailsIsTriedAgain() {
        runner(Orders.class).run(context -> {
            send(kafka(context), "1", "fails once");
            send(kafka(context), "2", "last");

            assertThat(Effects.allOnceThereIs("last", context)).containsExactly("fails once", "last");
        });
    }

    /** What it does not have, nobody can recognize; Spring's error handling says so, and goes on. */
    @Test
    void anEventWithoutAnIdIsNotProcessed() {
        runner(Orders.class).run(context -> {
            send(kafka(context), null, "nameless");
            send(kafka(context), "2", "last");

            assertThat(Effects.allOnceThereIs("last", context)).containsExactly("last");
        });
    }

    static class Impatient {

        static final CountDownLatch HOLDING = new CountDownLatch(1);
        static final CountDownLatch RELEASE = new CountDownLatch(1);

        private final Effects effects;

        Impatient(Effects effects) {
            this.effects = effects;
        }

        @Idempotent(maxWait = "50ms")
        @KafkaListener(topics = "${test.topic}", groupId = "${test.topic}", concurrency = "1")
        @NoTimeout(reason = "a test")
        public void placed(String payload) throws InterruptedException {
            effects.add(payload + " by " + Thread.currentThread().getName().equals("other consumer"));
            if (Thread.currentThread().getName().equals("other consumer")) {
                HOLDING.countDown();
                RELEASE.await();
                throw new IllegalStateException("the other consumer fails in the end");
            }
        }
    }

    /** Spring's own ten attempts are over in no time: the event would be skipped, and then done by nobody. */
    @Test
    void anEventThatAnotherConsumerIsAtIsNotSkippedHoweverLongThatTakes() {
        AtomicInteger attempts = new AtomicInteger();
        RecordInterceptor<Object, Object> counting = (record, consumer) -> {
            attempts.incrementAndGet();
            return record;
        };
        runner(Impatient.class)
                .withBean(RecordInterceptor.class, () -> counting)
                .run(context -> {
                    Impatient listener = context.getBean(Impatient.class);
                    CompletableFuture<Void> other = new CompletableFuture<>();
                    Thread thread = new Thread(
                            () -> {
                                context.getBean(ListenerEvents.class).begin(name -> name.equals("ce_id") ? "1" : null);
                                try {
                                    listener.placed("a");
                                    other.complete(null);
                                } catch (Exception e) {
                                    other.completeExceptionally(e);
                                }
                            },
                            "other consumer");
                    thread.start();
                    assertThat(Impatient.HOLDING.await(20, TimeUnit.SECONDS)).isTrue();
                    send(kafka(context), "1", "a");
                    send(kafka(context), "2", "b");
                    await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() > 11);
                    assertThat(context.getBean(Effects.class).all()).isEmpty();
                    Impatient.RELEASE.countDown();

                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> context.getBean(Effects.class).all().size() == 2);
                    assertThat(context.getBean(Effects.class).all()).containsExactly("a by false", "b by false");
                    assertThat(other).isCompletedExceptionally();
                });
    }

    /** Nothing of ours, in a container whose failures roll back what they have sent. */
    static class Forwarding {

        static final AtomicInteger RUNS = new AtomicInteger();

        private final KafkaTemplate<Object, Object> kafka;
        private final String to;

        Forwarding(KafkaTemplate<Object, Object> kafka, @Value("${test.topic}.out") String to) {
            this.kafka = kafka;
            this.to = to;
        }

        @KafkaListener(topics = "${test.topic}", groupId = "${test.topic}")
        @NotIdempotent(reason = "a test")
        @NoTimeout(reason = "a test")
        public void placed(String payload) {
            RUNS.incrementAndGet();
            kafka.send(to, "by a listener that fails");
            throw new IllegalStateException("always");
        }
    }

    @Test
    void aContainerWithTransactionsRollsBackAndRecoversAsItWould() {
        AtomicInteger recovered = new AtomicInteger();
        runner(Forwarding.class)
                .withPropertyValues(
                        "spring.kafka.producer.transaction-id-prefix=tx-" + topic,
                        "spring.kafka.consumer.isolation-level=read_committed")
                .withBean(
                        AfterRollbackProcessor.class,
                        () -> new DefaultAfterRollbackProcessor<Object, Object>(
                                (record, e) -> recovered.incrementAndGet(), new FixedBackOff(0, 2)))
                .run(context -> {
                    KafkaTemplate<Object, Object> kafka = kafka(context);
                    kafka.executeInTransaction(within -> within.send(topic, "a"));

                    await().atMost(Duration.ofSeconds(60)).until(() -> recovered.get() == 1);
                    kafka.executeInTransaction(within -> within.send(topic + ".out", "the only one"));
                    Map<String, Object> properties =
                            new HashMap<>(((ConsumerFactory<?, ?>) context.getBean(ConsumerFactory.class))
                                    .getConfigurationProperties());
                    properties.put("group.id", topic + "-reader");
                    List<Object> committed = new ArrayList<>();
                    try (KafkaConsumer<Object, Object> consumer = new KafkaConsumer<>(properties)) {
                        consumer.subscribe(List.of(topic + ".out"));
                        await().atMost(Duration.ofSeconds(60)).until(() -> {
                            consumer.poll(Duration.ofMillis(200)).forEach(each -> committed.add(each.value()));
                            return !committed.isEmpty();
                        });
                    }
                    assertThat(committed).containsExactly("the only one");
                    assertThat(Forwarding.RUNS).hasValue(3);
                });
    }

    /** What is no text is not taken for the same. */
    @Test
    void idsThatAreNumbersAreToldApart() {
        runner(Orders.class).run(context -> {
            for (long id : new long[] {1, 128, 129, 200, 2, 129}) {
                ProducerRecord<Object, Object> record = new ProducerRecord<>(topic, "key", "event " + id);
                record.headers().add("ce_id", new LongSerializer().serialize("", id));
                kafka(context).send(record).get(20, TimeUnit.SECONDS);
            }
            send(kafka(context), "text", "last");

            assertThat(Effects.allOnceThereIs("last", context))
                    .containsExactly("event 1", "event 128", "event 129", "event 2", "event 200", "last");
        });
    }

    /** CloudEvents: an id is one within its source. */
    @Test
    void theSameIdFromAnotherSourceIsAnotherEvent() {
        runner(Orders.class).run(context -> {
            for (String source : List.of("/shop", "/stock", "/shop")) {
                ProducerRecord<Object, Object> record = new ProducerRecord<>(topic, "key", "from " + source);
                record.headers().add("ce_id", "1".getBytes(StandardCharsets.UTF_8));
                record.headers().add("ce_source", source.getBytes(StandardCharsets.UTF_8));
                kafka(context).send(record).get(20, TimeUnit.SECONDS);
            }
            send(kafka(context), "2", "last");

            assertThat(Effects.allOnceThereIs("last", context)).containsExactly("from /shop", "from /stock", "last");
        });
    }

    /** Compared by what is in the message, not by the consumer and the metadata that come with it. */
    static class Whole {

        private final Effects effects;

        Whole(Effects effects) {
            this.effects = effects;
        }

        @Idempotent(key = "#record.key()")
        @KafkaListener(topics = "${test.topic}", groupId = "${test.topic}.record")
        @NoTimeout(reason = "a test")
        public void record(ConsumerRecord<String, String> record) {
            effects.add("record " + record.value());
        }

        @Idempotent(key = "#message.payload")
        @KafkaListener(topics = "${test.topic}", groupId = "${test.topic}.message")
        @NoTimeout(reason = "a test")
        public void message(Message<String> message, Consumer<String, String> consumer) {
            effects.add("message " + message.getPayload());
        }
    }

    @Test
    void aListenerMayTakeTheWholeRecord() {
        runner(Whole.class).run(context -> {
            for (int i = 0; i < 2; i++) {
                kafka(context).send(new ProducerRecord<>(topic, "1", "a")).get(20, TimeUnit.SECONDS);
            }
            kafka(context).send(new ProducerRecord<>(topic, "2", "last")).get(20, TimeUnit.SECONDS);

            Effects.allOnceThereIs("record last", context);
            assertThat(Effects.allOnceThereIs("message last", context))
                    .containsExactly("message a", "message last", "record a", "record last");
        });
    }
}
