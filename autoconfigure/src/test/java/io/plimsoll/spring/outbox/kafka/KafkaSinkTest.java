package io.plimsoll.spring.outbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.Answers;
import io.plimsoll.spring.outbox.Cable;
import io.plimsoll.test.OutboxSinkContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The sink on a real broker, to which a cable leads. */
class KafkaSinkTest extends OutboxSinkContract {

    private static final Cable CABLE = new Cable(0);
    private static final EmbeddedKafkaBroker BROKER = new EmbeddedKafkaKraftBroker(1, 3)
            .brokerProperties(Map.of(
                    "advertised.listeners",
                    "EXTERNAL://localhost:" + CABLE.port(),
                    "auto.create.topics.enable",
                    "false"));

    private static AnnotationConfigApplicationContext context;

    private final List<Received> received = new ArrayList<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    @BeforeAll
    static void start() {
        BROKER.afterPropertiesSet();
        String address = BROKER.getBrokersAsString();
        CABLE.leadTo(Integer.parseInt(address.substring(address.indexOf(':') + 1)));
        context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(
                        "spring.application.name=shop",
                        "spring.kafka.bootstrap-servers=localhost:" + CABLE.port(),
                        // What the sink must not care for.
                        "spring.kafka.producer.acks=0",
                        "spring.kafka.producer.retries=0",
                        "plimsoll.outbox.kafka.timeout=6s")
                .applyTo(context);
        context.register(KafkaAutoConfiguration.class, KafkaSinkAutoConfiguration.class);
        context.refresh();
    }

    @AfterAll
    static void stop() {
        context.close();
        BROKER.destroy();
        CABLE.close();
    }

    /** And is not waited for: a topic whose partitions have no leader yet is one of the things that happen. */
    @BeforeEach
    void createTopic(TestInfo test) {
        boolean small = test.getTags().contains("small");
        BROKER.addTopics(
                new NewTopic(topic(), 3, (short) 1).configs(Map.of("max.message.bytes", small ? "10000" : "1100000")));
    }

    @AfterEach
    void closeConsumer() {
        if (consumer != null) {
            consumer.close();
        }
    }

    @Override
    protected OutboxSink sink() {
        return context.getBean(OutboxSink.class);
    }

    @Override
    protected List<Received> received() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", BROKER.getBrokersAsString(), "auto.offset.reset", "earliest"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(consumer.partitionsFor(topic()).stream()
                    .map(KafkaSinkTest::partition)
                    .toList());
        }
        consumer.poll(Duration.ofMillis(50)).forEach(each -> received.add(received(each)));
        return List.copyOf(received);
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    private static Received received(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header each : record.headers()) {
            assertThat(headers.put(each.key(), new String(each.value(), UTF_8))).isNull();
        }
        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_source", "shop")
                .containsEntry("content-type", "application/json");
        return new Received(
                UUID.fromString(headers.get("ce_id")),
                record.key() == null ? null : new String(record.key(), UTF_8),
                Objects.requireNonNull(headers.get("ce_type")),
                Integer.parseInt(headers.get("ce_plimsollversion")),
                Instant.parse(headers.get("ce_time")),
                headers,
                record.value());
    }

    /** A record that the producer itself finds too large, and gives up while it takes others. */
    @Override
    protected OutboxMessage unacceptable(OutboxMessage message) {
        return Answers.withPayload(message, new byte[2_000_000]);
    }

    @Override
    protected AutoCloseable outage() {
        return CABLE.cut();
    }

    @Override
    protected AutoCloseable silence() {
        return CABLE.block();
    }

    /** One that the broker refuses, after the producer has sent it: what follows it must not be ahead of that answer. */
    @Test
    @Tag("small")
    void aRecordThatTheBrokerRefusesHoldsUpItsKeyAndNoOther() throws Exception {
        OutboxSink sink = sink();
        List<OutboxMessage> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add(Answers.message(topic(), "key-" + i % 3, "{\"number\":" + i + "}"));
        }
        sent.set(9, Answers.withPayload(sent.get(9), new byte[20_000]));

        Answers answers = Answers.of(sink, sent);

        assertThat(answers.rejected()).containsExactly(sent.get(9));
        assertThat(answers.notSent()).hasSize(6).allMatch(each -> "key-0".equals(each.key()));
        assertThat(answers.delivered()).hasSize(23);
    }

    /** As one has that the broker refused something that its later records depend on. */
    @Test
    void aProducerThatHasComeToItsEndIsReplaced() throws Exception {
        Map<String, Object> settings = ProducerSettings.of(
                Map.of("bootstrap.servers", BROKER.getBrokersAsString()),
                new KafkaSinkProperties(true, Duration.ofSeconds(6), null));
        List<KafkaProducer<byte[], byte[]>> made = new ArrayList<>();
        KafkaSink sink = new KafkaSink(
                () -> {
                    made.add(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
                    return made.get(made.size() - 1);
                },
                "shop",
                Duration.ofSeconds(6));
        List<OutboxMessage> sent = List.of(Answers.message(topic(), "key", "{}"));
        assertThat(Answers.of(sink, sent).delivered()).isEqualTo(sent);
        made.get(0).close();

        assertThat(Answers.of(sink, sent).saidUnavailable()).isTrue();

        assertThat(Answers.of(sink, sent).delivered()).isEqualTo(sent);
        assertThat(made).hasSize(2);
        sink.destroy();
    }

    @Test
    void aTopicThatIsNotThereFailsAndHoldsUpNoOther() throws Exception {
        OutboxSink sink = sink();
        List<OutboxMessage> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add(Answers.message("nowhere-" + topic(), "key-" + i % 15, "{}"));
        }
        OutboxMessage good = Answers.message(topic(), "key", "{}");
        sent.add(good);

        Answers answers = Answers.of(sink, sent);

        assertThat(answers.delivered()).containsExactly(good);
        assertThat(answers.failed()).hasSize(15);
        assertThat(answers.notSent()).hasSize(15);
        assertThat(answers.reasons()).containsOnly("the broker has no such topic");
    }
}
