package io.plimsoll.processor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingIdempotencyKeyTest {

    private static Javac.Result compile(String code) {
        return Javac.compile(List.of("-Aplimsoll.rule.MissingTimeout=off"), """
                package com.acme;
                import io.plimsoll.idempotency.*;
                import org.springframework.web.bind.annotation.*;
                """ + code);
    }

    @Test
    void aMethodThatNoRequestReachesNeedsAKey() {
        Javac.Result result = compile("""
                class Orders {
                    @Idempotent(ttl = "1h")
                    void place(String number) {}
                    @Idempotent void nothing() {}
                }
                """);

        assertThat(result.findings())
                .containsExactly("error MissingIdempotencyKey 5:5", "error MissingIdempotencyKey 7:5");
        assertThat(result.messages().get(0))
                .startsWith(
                        "[MissingIdempotencyKey] @Idempotent on Orders.place has no key. Only a request brings a key,"
                                + " in its Idempotency-Key header, and a message of Kafka or RabbitMQ, in the id of its event; no"
                                + " other call could be recognized when it is repeated. Fix:"
                                + " key = \"#number\", or what else tells its calls apart. See: ");
        assertThat(result.messages().get(1)).contains("give nothing a parameter that tells its calls apart");
    }

    @Test
    void aMethodThatImplementsAPromiseIsShownAtItsName() {
        assertThat(compile("""
                                interface Api { @Idempotent void place(String number); }
                                class Orders implements Api {
                                    public void place(String number) {}
                                }
                                """).findings()).containsExactly("error MissingIdempotencyKey 6:17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jms.annotation.JmsListener(destination",
                "data.redis.annotation.RedisListener(topic",
            })
    void aListenerWhoseMessagesBringNoIdNeedsOne(String listener) {
        assertThat(compile("class Orders { @Idempotent @org.springframework." + listener
                                + " = \"a\") void on(String s) {} }")
                        .findings())
                .containsExactly("error MissingIdempotencyKey 4:16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.annotation.KafkaListener(topics = \"a\")",
                "amqp.rabbit.annotation.RabbitListener(queues = \"a\")",
                "kafka.annotation.KafkaHandler",
            })
    void anEventBringsOne(String listener) {
        assertThat(compile("class Orders { @Idempotent @org.springframework." + listener + " void on(String s) {} }")
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Orders { @Idempotent(key = \"#a\") void place(String a) {} }",
                "@RestController class Orders { @Idempotent @PostMapping void place(String a) {} }",
                "class Base { @Idempotent @PostMapping void place(String a) {} }",
                "@RestController class Orders implements Api { @Idempotent public void place() {} }"
                        + " interface Api { @PostMapping void place(); }",
                "interface Api { @Idempotent void place(); }",
                "abstract class Base { @Idempotent void place() {} }",
            })
    void aRequestMayBringOne(String code) {
        assertThat(compile(code).findings()).isEmpty();
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(compile("class A { @SuppressWarnings(\"plimsoll:MissingIdempotencyKey\") @Idempotent void a() {} }")
                        .findings())
                .isEmpty();
    }
}
