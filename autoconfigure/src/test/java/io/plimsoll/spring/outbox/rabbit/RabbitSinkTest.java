package io.plimsoll.spring.outbox.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.Answers;
import io.plimsoll.spring.outbox.Cable;
import io.plimsoll.test.OutboxSinkContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The sink on a real broker, to which a cable leads. */
@EnabledIf(
        value = "io.plimsoll.spring.outbox.rabbit.Broker#answers",
        disabledReason = "no RabbitMQ answers at localhost:5672; .ci/run starts one")
class RabbitSinkTest extends OutboxSinkContract {

    private static Cable cable;
    private static CachingConnectionFactory direct;
    private static AnnotationConfigApplicationContext context;

    private final List<Received> received = new ArrayList<>();

    @BeforeAll
    static void start() {
        cable = new Cable(Broker.PORT);
        direct = new CachingConnectionFactory("localhost", Broker.PORT);
        context = context();
    }

    private static AnnotationConfigApplicationContext context(String... properties) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(
                        "spring.application.name=shop",
                        "spring.rabbitmq.host=localhost",
                        "spring.rabbitmq.port=" + cable.port(),
                        "plimsoll.outbox.rabbit.max-message-size=1MB",
                        "plimsoll.outbox.rabbit.timeout=5s")
                .and(properties)
                .applyTo(context);
        context.register(RabbitAutoConfiguration.class, RabbitSinkAutoConfiguration.class);
        context.refresh();
        return context;
    }

    @AfterAll
    static void stop() {
        context.close();
        direct.destroy();
        cable.close();
    }

    @BeforeEach
    void declare() {
        new RabbitAdmin(direct).declareQueue(new Queue(topic(), true));
    }

    @AfterEach
    void delete() {
        new RabbitAdmin(direct).deleteQueue(topic());
    }

    @Override
    protected OutboxSink sink() {
        return context.getBean(OutboxSink.class);
    }

    @Override
    protected List<Received> received() {
        RabbitTemplate rabbit = new RabbitTemplate(direct);
        for (Message next = rabbit.receive(topic()); next != null; next = rabbit.receive(topic())) {
            received.add(received(next));
        }
        return List.copyOf(received);
    }

    private static Received received(Message message) {
        Map<String, String> headers = new HashMap<>();
        message.getMessageProperties().getHeaders().forEach((name, value) -> headers.put(name, value.toString()));
        assertThat(headers).containsEntry("cloudEvents:specversion", "1.0").containsEntry("cloudEvents:source", "shop");
        assertThat(message.getMessageProperties().getReceivedDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
        assertThat(message.getMessageProperties().getMessageId()).isEqualTo(headers.get("cloudEvents:id"));
        return new Received(
                UUID.fromString(headers.get("cloudEvents:id")),
                headers.get("cloudEvents:partitionkey"),
                Objects.requireNonNull(headers.get("cloudEvents:type")),
                Integer.parseInt(headers.get("cloudEvents:plimsollversion")),
                Instant.parse(headers.get("cloudEvents:time")),
                headers,
                message.getBody());
    }

    @Override
    protected OutboxMessage unacceptable(OutboxMessage message) {
        return Answers.withPayload(message, new byte[2_000_000]);
    }

    @Override
    protected AutoCloseable outage() {
        return cable.cut();
    }

    @Override
    protected AutoCloseable silence() {
        return cable.block();
    }

    /** The broker confirms it all the same. */
    @Test
    void whatNoQueueIsThereForHasFailed() throws Exception {
        List<OutboxMessage> sent = List.of(
                Answers.message("nowhere-" + topic(), "a", "{}"),
                Answers.message(topic(), "a", "{}"),
                Answers.message("nowhere-" + topic(), "a", "{}"));

        Answers answers = Answers.of(sink(), sent);

        assertThat(answers.delivered()).containsExactly(sent.get(1));
        assertThat(answers.failed()).containsExactly(sent.get(0));
        assertThat(answers.notSent()).containsExactly(sent.get(2));
    }

    /** A queue that is full refuses: what comes after must not get in when there is room again. */
    @Test
    void whatAQueueRefusesHasFailedAndHoldsUpItsKey() throws Exception {
        String full = "full-" + topic();
        new RabbitAdmin(direct)
                .declareQueue(QueueBuilder.durable(full)
                        .maxLength(1L)
                        .overflow(QueueBuilder.Overflow.rejectPublish)
                        .build());
        List<OutboxMessage> sent = List.of(
                Answers.message(full, "a", "{}"), Answers.message(full, "a", "{}"), Answers.message(full, "a", "{}"));

        Answers answers = Answers.of(sink(), sent);

        assertThat(answers.delivered()).containsExactly(sent.get(0));
        assertThat(answers.failed()).containsExactly(sent.get(1));
        assertThat(answers.notSent()).containsExactly(sent.get(2));
        new RabbitAdmin(direct).deleteQueue(full);
    }

    @Test
    void anExchangeRoutesByTopic() throws Exception {
        TopicExchange exchange = new TopicExchange("exchange-" + topic());
        RabbitAdmin admin = new RabbitAdmin(direct);
        admin.declareExchange(exchange);
        admin.declareBinding(
                BindingBuilder.bind(new Queue(topic())).to(exchange).with(topic()));
        try (AnnotationConfigApplicationContext routed =
                context("plimsoll.outbox.rabbit.exchange=" + exchange.getName())) {
            OutboxMessage sent = Answers.message(topic(), "a", "{}");

            assertThat(Answers.of(routed.getBean(OutboxSink.class), List.of(sent))
                            .delivered())
                    .hasSize(1);

            assertThat(received()).extracting(Received::eventId).containsExactly(sent.eventId());
        }
        admin.deleteExchange(exchange.getName());
    }

    @Test
    void anExchangeThatIsNotThereIsNoFaultOfAnEvent() throws Exception {
        try (AnnotationConfigApplicationContext lost = context("plimsoll.outbox.rabbit.exchange=nowhere")) {
            Answers answers = Answers.of(lost.getBean(OutboxSink.class), List.of(Answers.message(topic(), "a", "{}")));

            assertThat(answers.saidUnavailable()).isTrue();
            assertThat(answers.reasons()).containsExactly("the broker closed the channel: 404");
        }
    }

    @Test
    void whatAmqpHasNoRoomForIsRejected() throws Exception {
        OutboxMessage good = Answers.message(topic(), "a", "{}");
        OutboxMessage longTopic = Answers.message("x".repeat(256), "a", "{}");

        Answers answers = Answers.of(sink(), List.of(longTopic, good));

        assertThat(answers.rejected()).containsExactly(longTopic);
        assertThat(answers.delivered()).containsExactly(good);
    }
}
