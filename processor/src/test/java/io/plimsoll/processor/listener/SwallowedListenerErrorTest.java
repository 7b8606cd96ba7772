package io.plimsoll.processor.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwallowedListenerErrorTest {

    private static final String IMPORTS = """
            package com.acme;
            import java.util.*;
            import org.slf4j.*;
            import org.springframework.kafka.annotation.*;
            import org.springframework.kafka.support.Acknowledgment;
            """;

    private static final String REST = """

                private static final Logger log = LoggerFactory.getLogger(Orders.class);
                int failures;
                void process(String order) {}
                String reply() { return ""; }
            }
            interface Audit { void failed(String order); }
            """;

    private static Javac.Result compile(List<String> options, String source) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-Aplimsoll.rule.MissingIdempotency=off", "-Aplimsoll.rule.MissingTimeout=off"));
        return Javac.compile(all, source);
    }

    /** The body of a listener, in line 7. */
    private static List<String> findings(String body) {
        return compile(
                        List.of(),
                        IMPORTS + "class Orders { @KafkaListener(topics = \"a\") void on(String order) {\n" + body + "}"
                                + REST)
                .findings();
    }

    @Test
    void aListenerThatOnlyLogsItsErrorsIsShownAtTheCatch() {
        Javac.Result result = compile(List.of(), IMPORTS + """
                class Orders {
                    @KafkaListener(topics = "orders")
                    void on(String order) {
                        try {
                            process(order);
                        } catch (Exception e) {
                            log.error("failed: {}", order, e);
                        }
                    }
                """ + REST);

        assertThat(result.findings()).containsExactly("warning SwallowedListenerError 11:28");
        assertThat(result.messages())
                .containsExactly(
                        "[SwallowedListenerError] Orders.on catches every error of its work and lets the message"
                                + " pass for processed. The broker delivers it neither again nor to a dead letter queue: it is lost,"
                                + " and a log line is all that is left. Fix: leave the catch block out and let the listener container"
                                + " retry, or end it with throw, a nack, or a send to a dead letter topic. See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/SwallowedListenerError.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try { process(order); } catch (Exception «e) {}",
                "try { process(order); } catch (Throwable «e) {}",
                "try { process(order); } catch (RuntimeException «e) {}",
                "try { process(order); } catch (final Exception «e) {}",
                "try { process(order); } catch (Exception «e) { e.printStackTrace(); }",
                "try { process(order); } catch (Exception «e) { System.out.println(e.getMessage()); }",
                "try { process(order); } catch (Exception «e) { log.error(\"a\" + reply(), e); return; }",
                "try { process(order); } catch (Exception «e) { log.atError().setCause(e).log(\"a\"); }",
                "try { process(order); } catch (Exception «e) { String m = \"a\" + e.getMessage(); log.error(m); }",
                "try { process(order); } catch (Exception «e) { if (!log.isDebugEnabled()) { log.error(\"a\", e); } }",
                "try { process(order); } catch (IllegalStateException e) { throw e; } catch (Exception «e) {}",
                "try { process(order); } catch (Exception «e) { log.error(\"a\"); } finally { reply(); }",
                "log.info(\"a\"); String o = order; try { process(o); } catch (Exception «e) {} log.info(\"b\");",
                "if (order == null) { return; } try { process(order); } catch (Exception «e) {}",
                "if (order == null) return; try { process(order); } catch (Exception «e) {} return;",
                "for (String o : List.of(order)) { try { process(o); } catch (Exception «e) { log.warn(\"a\"); } }",
            })
    void everyWayToDropAMessage(String body) {
        assertThat(findings(body.replace("«", "")))
                .containsExactly("warning SwallowedListenerError 7:" + (body.indexOf('«') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process(order);",
                "try { process(order); } finally { reply(); }",
                "try { process(order); } catch (IllegalStateException e) { log.error(\"a\", e); }",
                "try { process(order); } catch (Exception e) { throw new IllegalStateException(e); }",
                "try { process(order); } catch (Exception e) { if (order != null) { throw e; } }",
                "try { process(order); } catch (Exception e) { log.error(\"a\"); process(order); }",
                "try { process(order); } catch (Exception e) { new Thread(); }",
                "try { process(order); } catch (Exception e) { failures++; }",
                "try { process(order); } catch (Exception e) { failures += 1; }",
                "boolean ok = true; try { process(order); } catch (Exception e) { ok = false; }",
                "try { process(order); } catch (Exception e) { log.error(reply()); List.of(order).forEach(this::process); }",
                "process(order); try { reply(); } catch (Exception e) { log.error(\"a\"); }",
                "try { process(order); } catch (Exception e) { log.error(\"a\"); } process(order);",
                "try { process(order); } catch (Exception e) {} try { process(order); } catch (Exception e) {}",
                "if (order == null) { process(order); } try { reply(); } catch (Exception e) {}",
                "if (order == null) { } try { reply(); } catch (Exception e) {}",
                "if (order == null) { return; } else { reply(); } try { reply(); } catch (Exception e) {}",
                "for (String o : List.of(order)) process(o);",
                "for (String o : List.of(order)) { process(o); }",
                "Runnable r = () -> { try { process(order); } catch (Exception e) {} }; r.run();",
                "try { process(order); } catch (Exception e) { unknown(e); }",
            })
    void whatAnswersOrMayAnswerPasses(String body) {
        assertThat(findings(body)).noneMatch(finding -> finding.contains("SwallowedListenerError"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "try { process(o); } catch (Exception e) { ack.nack(java.time.Duration.ZERO); } | false",
                "try { process(o); } catch (Exception e) { ack.acknowledge(); } | false",
                "try { process(o); ack.acknowledge(); } catch (Exception e) { log.error(\"a\"); } | false",
                "try { process(o); } catch (Exception e) { log.error(\"a\"); } ack.acknowledge(); | true",
                "try { process(o); } catch (Exception e) { log.error(\"a\"); } finally { ack.acknowledge(); } | true",
            })
    void whoAcknowledgesByHandDecides(String body, boolean dropped) {
        assertThat(compile(
                                List.of(),
                                IMPORTS
                                        + "class Orders { @KafkaListener(topics = \"a\")\nvoid on(String o, Acknowledgment ack)"
                                        + " {" + body + "}" + REST)
                        .findings())
                .hasSize(dropped ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@org.springframework.amqp.rabbit.annotation.RabbitListener(queues = \"a\") void on(String order)",
                "@org.springframework.jms.annotation.JmsListener(destination = \"a\") void on(String order)",
            })
    void allListenersCount(String method) {
        String body = " { try { process(order); } catch (Exception e) {} }";

        assertThat(compile(List.of(), IMPORTS + "class Orders { " + method + body + REST)
                        .findings())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void on(String order)",
                "@org.springframework.scheduling.annotation.Scheduled(fixedDelay = 1) void on()",
            })
    void otherMethodsMayDropWhatTheyLike(String method) {
        String body = " { try { process(\"a\"); } catch (Exception e) {} }";

        assertThat(compile(List.of(), IMPORTS + "class Orders { " + method + body + REST)
                        .findings())
                .isEmpty();
    }

    @Test
    void anAbstractListenerHasNothingToLookAt() {
        assertThat(compile(
                                List.of(),
                                IMPORTS
                                        + "abstract class Orders { @KafkaListener(topics = \"a\") abstract void on(String o);"
                                        + REST)
                        .findings())
                .isEmpty();
    }

    @Test
    void aCountOnlyTells() {
        String counter = "package io.micrometer.core.instrument;\npublic interface Counter { void increment(); }";
        String source = IMPORTS + """
                class Orders {
                    io.micrometer.core.instrument.Counter failed;
                    @KafkaListener(topics = "a") void on(String o) {
                        try { process(o); } catch (Exception e) { failed.increment(); }
                    }
                """ + REST;

        assertThat(Javac.compile(
                                List.of("-Aplimsoll.rule.MissingIdempotency=off", "-Aplimsoll.rule.MissingTimeout=off"),
                                source,
                                counter)
                        .findings())
                .containsExactly("warning SwallowedListenerError 9:46");
    }

    @Test
    void itIsSuppressedOnTheMethodOrTheParameter() {
        assertThat(compile(List.of(), IMPORTS + """
                class Orders {
                    @SuppressWarnings("plimsoll:SwallowedListenerError")
                    @KafkaListener(topics = "a") void a(String order) {
                        try { process(order); } catch (Exception e) {}
                    }
                    @KafkaListener(topics = "a") void b(String order) {
                        try { process(order); } catch (@SuppressWarnings("plimsoll:SwallowedListenerError") Exception e) {}
                    }
                """ + REST).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning SwallowedListenerError 6:110",
        "plimsoll.profile=adopt, warning SwallowedListenerError 6:110",
        "plimsoll.rule.SwallowedListenerError=error, error SwallowedListenerError 6:110",
        "plimsoll.rule.SwallowedListenerError=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        String source = IMPORTS + "class Orders { @KafkaListener(topics = \"a\") void on(String order)"
                + " { try { process(order); } catch (Exception e) {} }" + REST;

        assertThat(compile(List.of("-A" + option), source).findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
