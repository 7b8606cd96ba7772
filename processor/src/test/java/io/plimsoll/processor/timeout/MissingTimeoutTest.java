package io.plimsoll.processor.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingTimeoutTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.service.annotation.*;
            import org.springframework.scheduling.annotation.*;
            import org.springframework.kafka.annotation.*;
            """;

    private static Javac.Result compile(String... sources) {
        return compile(List.of(), sources);
    }

    /** Handlers, listeners and, in the profile strict, schedules have other rules to answer to. */
    private static Javac.Result compile(List<String> options, String... sources) {
        List<String> all = new ArrayList<>(options);
        all.add("-Aplimsoll.rule.MissingIdempotency=off");
        all.add("-Aplimsoll.rule.UnlockedSchedule=off");
        return Javac.compile(all, sources);
    }

    @Test
    void aHandlerWithoutABudgetIsShownAtItsName() {
        Javac.Result result = compile(IMPORTS + """
                @RestController
                class Orders {
                    @PostMapping("/orders")
                    String place() { return ""; }
                }
                """);

        assertThat(result.findings()).containsExactly("error MissingTimeout 10:12");
        assertThat(result.messages())
                .containsExactly(
                        "[MissingTimeout] The request handler Orders.place has no time budget. One slow"
                                + " dependency holds its threads and connections until the whole service stands still. Fix:"
                                + " @Timeout(\"2s\") on the method, its class or package-info.java, or @NoTimeout(reason ="
                                + " \"...\"). See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/MissingTimeout.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.springframework.kafka.annotation.KafkaListener(topics = \"a\") | message listener",
                "org.springframework.amqp.rabbit.annotation.RabbitListener(queues = \"a\") | message listener",
                "io.plimsoll.outbox.OutboxListener(topic = \"a\") | message listener",
                "org.springframework.jms.annotation.JmsListener(destination = \"a\") | message listener",
                "org.springframework.scheduling.annotation.Scheduled(fixedDelay = 1) | scheduled method",
                "org.springframework.scheduling.annotation.Schedules({@Scheduled(fixedDelay = 1)}) | scheduled method",
            })
    void whatEverCallsAMethodFromOutsideCounts(String annotation, String kind) {
        Javac.Result result = compile(IMPORTS + "class Jobs {\n    @" + annotation + "\n    void run() {}\n}\n");

        assertThat(result.findings()).containsExactly("error MissingTimeout 9:10");
        assertThat(result.messages().get(0)).contains("The " + kind + " Jobs.run has no time budget");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@KafkaListener(topics = \"a\") class Jobs { @KafkaHandler void on(String event) {} }",
                "@org.springframework.amqp.rabbit.annotation.RabbitListener(queues = \"a\") class Jobs {"
                        + " @org.springframework.amqp.rabbit.annotation.RabbitHandler void on(String event) {} }",
                "class Jobs { @Scheduled(fixedDelay = 1) @Scheduled(cron = \"0 0 * * * *\") void on() {} }",
                "@RestController class Jobs { @GetExchange void on() {} }",
                "@RestController class Jobs implements Api { public void on() {} } interface Api { @GetMapping void on(); }",
                "@RestController class Jobs implements Api {} interface Api { @GetMapping default void on() {} }",
                "@RestController class Jobs extends Base<String> { void on(String s) {} }"
                        + " abstract class Base<T> { @GetMapping abstract void on(T t); }",
                "@FunctionalInterface interface Jobs { @GetExchange String on(); }",
                "@HttpExchange(\"/a\") interface Jobs { @PostExchange String on(); }",
                "class Outer { @RestController static class Jobs { @GetMapping void on() {} } }",
                "class Jobs { @KafkaListener(topics = \"a\") void on(String s) {} void other() {} }",
            })
    void allShapesOfEntryPointsAreFound(String code) {
        assertThat(compile(IMPORTS + code).findings())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("error MissingTimeout 7:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class Jobs { @GetMapping @Timeout(\"2s\") void on() {} }",
                "@RestController class Jobs { @GetMapping @NoTimeout(reason = \"streams\") void on() {} }",
                "@RestController @Timeout(\"2s\") class Jobs { @GetMapping void on() {} }",
                "@RestController @NoTimeout(reason = \"streams\") class Jobs { @GetMapping void on() {} }",
                "@RestController class Jobs extends Base { @GetMapping void on() {} } @Timeout(\"2s\") class Base {}",
                "@RestController class Jobs implements Base { @GetMapping void on() {} } @Timeout(\"2s\") interface Base {}",
                "@RestController class Jobs implements Api { public void on() {} }"
                        + " interface Api { @GetMapping @Timeout(\"2s\") void on(); }",
                "class Jobs { @GetMapping void notInAController() {} void plain() {} }",
                "@RestController abstract class Jobs { @GetMapping void on() {} }",
                "interface Jobs { @GetMapping void on(); }",
                "@Timeout(\"1s\") interface Jobs { @GetExchange String on(); }",
                "interface Jobs { @GetExchange String on(); }"
                        + " @RestController @Timeout(\"1s\") class Server implements Jobs { public String on() { return null; } }",
                "class Jobs { @Scheduled(fixedDelay = 1) @Fast void on() {} }"
                        + " @Timeout(\"2s\") @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                        + " @interface Fast {}",
            })
    void aBudgetAnywhereAroundIsEnough(String code) {
        assertThat(compile(IMPORTS + code).findings()).isEmpty();
    }

    @Test
    void aPackageCoversItsEntryPoints() {
        String code = IMPORTS + "class Jobs { @Scheduled(fixedDelay = 1) void run() {} }";

        assertThat(compile("@io.plimsoll.timeout.Timeout(\"2s\") package com.acme;", code)
                        .findings())
                .isEmpty();
    }

    @Test
    void anInheritedHandlerIsShownAtTheControllerThatInheritsIt() {
        assertThat(compile(IMPORTS + """
                                abstract class Base {
                                    @GetMapping public String find() { return ""; }
                                }
                                @RestController
                                class Orders extends Base {}
                                """).findings()).containsExactly("error MissingTimeout 11:1");
    }

    @Test
    void everyMethodOfAFeignClientCounts() {
        String feign = """
                package org.springframework.cloud.openfeign;
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                public @interface FeignClient {}
                """;

        assertThat(compile(feign, IMPORTS + """
                                        @org.springframework.cloud.openfeign.FeignClient
                                        interface Payments {
                                            String charge();
                                            default String twice() { return charge() + charge(); }
                                        }
                                        """).findings()).containsExactly("error MissingTimeout 9:12");
    }

    @Test
    void anOptOutWithoutAReasonIsShownAtTheReason() {
        Javac.Result result = compile(IMPORTS + """
                class Jobs {
                    @Scheduled(fixedDelay = 1)
                    @NoTimeout(reason = " ")
                    void run() {}
                }
                """);

        assertThat(result.findings()).containsExactly("error MissingTimeout 9:25");
        assertThat(result.messages().get(0)).contains("@NoTimeout on Jobs.run gives no reason.");
    }

    @Test
    void itIsSuppressedByNameOnTheElementOrAroundIt() {
        assertThat(compile(IMPORTS + """
                                class Jobs {
                                    @SuppressWarnings({"unused", "plimsoll:MissingTimeout"})
                                    @Scheduled(fixedDelay = 1)
                                    void run() {}

                                    @SuppressWarnings("plimsoll:MissingTimeout")
                                    static class Nested {
                                        @Scheduled(fixedDelay = 1)
                                        void run() {}
                                    }

                                    @SuppressWarnings("plimsoll:InvalidDuration")
                                    @Scheduled(fixedDelay = 1)
                                    void shown() {}
                                }
                                """).findings())
                .containsExactly("warning UnusedSuppression 18:23", "error MissingTimeout 20:10");
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=recommended, error",
        "plimsoll.profile=strict, error",
        "plimsoll.profile=adopt, warning",
        "plimsoll.rule.MissingTimeout=error, error",
        "plimsoll.rule.MissingTimeout=warn, warning",
    })
    void severityFollowsTheBuild(String option, String kind) {
        assertThat(compile(List.of("-A" + option), IMPORTS + "class Jobs { @Scheduled(fixedDelay = 1) void run() {} }")
                        .findings())
                .containsExactly(kind + " MissingTimeout 7:46");
    }

    @Test
    void itCanBeSwitchedOffEvenWhereAProfileWantsIt() {
        assertThat(compile(
                                List.of("-Aplimsoll.profile=strict", "-Aplimsoll.rule.MissingTimeout=off"),
                                IMPORTS + "class Jobs { @Scheduled(fixedDelay = 1) void run() {} }")
                        .findings())
                .isEmpty();
    }
}
