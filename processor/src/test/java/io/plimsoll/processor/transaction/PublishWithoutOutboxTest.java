package io.plimsoll.processor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishWithoutOutboxTest {

    private static final String RULE = "warning PublishWithoutOutbox";

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import java.util.*;
            import java.util.concurrent.*;
            import org.springframework.amqp.core.AmqpTemplate;
            import org.springframework.amqp.rabbit.core.*;
            import org.springframework.data.redis.core.*;
            import org.springframework.jms.core.*;
            import org.springframework.kafka.core.*;
            import org.springframework.transaction.annotation.*;
            import org.springframework.transaction.event.*;
            import org.springframework.transaction.support.*;
            """;

    private static List<String> findings(String source) {
        return Libraries.findings(IMPORTS + source);
    }

    private static void assertMarked(String source) {
        Libraries.assertMarked(RULE, IMPORTS + source);
    }

    @Test
    void aSendIsShownAtTheNameOfItsMethod() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    KafkaTemplate<String, String> kafka;
                    @Transactional
                    public void place(String order) {
                        kafka.send("orders", order);
                    }
                }
                """);

        assertThat(result.findings()).containsExactly(RULE + " 17:14");
        assertThat(result.messages())
                .containsExactly("[PublishWithoutOutbox] KafkaTemplate.send sends its message before the transaction of"
                        + " Orders.place has committed. The message is out even if the transaction rolls back, and who"
                        + " receives it may look for rows that are not there yet. Fix:"
                        + " @Outboxed(topic = \"...\") on a method that returns the event, or Outbox.publish(...) here: both"
                        + " write it in this transaction and deliver it when that has committed. See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/PublishWithoutOutbox.md");
    }

    @Test
    void anOutboxedMethodIsInATransactionAndASinkIsCalledByTheOutbox() {
        assertThat(findings("""
                        @io.plimsoll.outbox.EventType(name = "a", version = 1) record Placed() {}
                        class Orders {
                            KafkaTemplate<String, String> kafka;
                            @io.plimsoll.outbox.Outboxed(topic = "orders")
                            public Placed place(String order) { kafka.send("orders", order); return null; }
                        }
                        abstract class Kafka implements io.plimsoll.outbox.sink.OutboxSink {
                            KafkaTemplate<String, String> kafka;
                            @Transactional public void deliver(String order) { kafka.send("orders", order); }
                        }
                        """)).containsExactly(RULE + " 17:46");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(KafkaOperations<String, String> k) { k^.send(\"t\", \"a\"); k^.sendDefault(\"a\"); }",
                "void x(KafkaTemplate<String, String> k) { k^.send(\"t\", \"a\").whenComplete((r, e) -> {}); }",
                "void x(KafkaTemplate<String, String> k) throws Exception { k^.send(\"t\", \"a\").get(); }",
                "void x(KafkaTemplate<String, String> k) { k^.send(\"t\", \"a\").join(); }",
                "void x(org.apache.kafka.clients.producer.Producer<String, String> k) { k^.send(null); }",
                "void x(AmqpTemplate a) { a^.send(null); a^.convertAndSend(\"q\", \"a\"); }",
                "void x(RabbitTemplate r) { r^.convertAndSend(\"q\", \"a\"); }",
                "void x(RabbitTemplate r) { r^.correlationConvertAndSend(\"a\", null); }",
                "void x(RabbitMessagingTemplate r) { r^.convertAndSend(\"q\", \"a\"); r^.send(\"q\", null); }",
                "void x(JmsTemplate j) { j^.convertAndSend(\"q\", \"a\"); j^.send(s -> null); }",
                "void x(JmsMessagingTemplate j) { j^.convertAndSend(\"q\", \"a\"); }",
                "void x(JmsClient j) { j.destination(\"q\")^.send(\"a\"); }",
                "void x(StringRedisTemplate r) { r^.convertAndSend(\"c\", \"a\"); r.opsForStream()^.add(null); }",
                "void x(RedisOperations<String, String> r) { r.boundStreamOps(\"s\")^.add(Map.of()); }",
                "void x(org.springframework.cloud.stream.function.StreamBridge b) { b^.send(\"b\", \"a\"); }",
                "void x(org.springframework.cloud.stream.function.StreamOperations b) { b^.send(\"b\", \"a\"); }",
                "void x(org.springframework.pulsar.core.PulsarOperations<String> p) { p^.send(\"a\"); p^.sendAsync(\"a\");"
                        + " p.newMessage(\"a\")^.send(); p.newMessage(\"a\")^.sendAsync(); }",
                "void x(org.apache.rocketmq.spring.core.RocketMQTemplate r) { r^.convertAndSend(\"t\", 1);"
                        + " r^.syncSend(\"t\", 1); r^.asyncSendOrderly(\"t\", 1); r^.sendOneWay(\"t\", 1); }",
                "void x(io.awspring.cloud.sqs.operations.SqsOperations s) { s^.send(\"q\", 1); s^.sendMany(\"q\", 1); }",
                "void x(RabbitTemplate r) { List.of(\"a\").forEach(e -> r^.convertAndSend(e)); }",
                "void x(RabbitTemplate r) { List.of(\"a\").forEach(^r::convertAndSend); }",
            })
    void everyMessageThatIsSentBeforeTheCommit(String method) {
        assertMarked("class Orders { @Transactional public " + method + " }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Transactional class Orders { RabbitTemplate r; public void x() { r^.convertAndSend(\"a\"); } }",
                "class Orders { void x(RabbitTemplate r, TransactionTemplate t) {"
                        + " t.executeWithoutResult(s -> r^.convertAndSend(\"a\")); } }",
                "class Orders { RabbitTemplate r; @Idempotent(key = \"#id\", mode = Mode.TRANSACTIONAL)"
                        + " public void x(long id) { r^.convertAndSend(\"a\"); } }",
            })
    void inEverySortOfTransaction(String source) {
        assertMarked(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Orders { public void x(RabbitTemplate r) { r.convertAndSend(\"a\"); } }",
                "class Orders { @Transactional(\"kafkaTransactionManager\") public void x(RabbitTemplate r) {"
                        + " r.convertAndSend(\"a\"); } }",
                "class Orders { @TransactionalEventListener public void x(RabbitTemplate r) { r.convertAndSend(\"a\"); } }",
                "class Orders { @Transactional(propagation = Propagation.REQUIRES_NEW) @TransactionalEventListener"
                        + " public void x(RabbitTemplate r) { r.convertAndSend(\"a\"); } }",
                "class OutboxPublisher { @Transactional public void x(RabbitTemplate r) { r.convertAndSend(\"a\"); } }",
                "class Orders { @Transactional public void relayAll(RabbitTemplate r) { r.convertAndSend(\"a\"); } }",
                "class Orders { @Transactional public void x(RabbitTemplate r) { afterCommit(() ->"
                        + " r.convertAndSend(\"a\")); } void afterCommit(Runnable r) {} }",
                "class Orders { @Transactional public void x(KafkaTemplate<String, String> k) { k.flush(); } }",
                "class Orders { @Transactional public void x(List<String> l, StringRedisTemplate r) { l.add(\"a\");"
                        + " r.opsForList().leftPush(\"a\", \"b\"); r.delete(\"a\"); } }",
                "class Orders { @Transactional public void x(org.apache.rocketmq.spring.core.RocketMQTemplate r) {"
                        + " r.sendMessageInTransaction(\"a\", 1); } }",
                "class Orders { @Transactional public void x(org.springframework.context.ApplicationEventPublisher p) {"
                        + " p.publishEvent(\"a\"); } }",
            })
    void whatIsSentElsewhereOrMeantSoPasses(String source) {
        assertThat(findings(source)).isEmpty();
    }

    @Test
    void aRequestForAReplyIsAnotherRulesBusiness() {
        assertThat(
                        findings(
                                "class Orders { @Transactional public void x(AmqpTemplate a) { a.convertSendAndReceive(1); } }"))
                .containsExactly("error RemoteCallInTransaction 13:64");
    }

    @Test
    void itIsSuppressedOnTheMethodOrTheClass() {
        assertThat(findings("""
                class Orders {
                    @SuppressWarnings("plimsoll:PublishWithoutOutbox")
                    @Transactional public void a(RabbitTemplate r) { r.convertAndSend("a"); }
                    @SuppressWarnings("plimsoll:PublishWithoutOutbox")
                    static class Inner { @Transactional public void c(RabbitTemplate r) { r.convertAndSend("a"); } }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning",
        "plimsoll.profile=adopt, warning",
        "plimsoll.rule.PublishWithoutOutbox=error, error",
        "plimsoll.rule.PublishWithoutOutbox=off, ",
    })
    void severityFollowsTheBuild(String option, String severity) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS
                                        + "class Orders { @Transactional public void x(AmqpTemplate a) { a.send(null); } }")
                        .findings())
                .isEqualTo(severity == null ? List.of() : List.of(severity + " PublishWithoutOutbox 13:64"));
    }
}
