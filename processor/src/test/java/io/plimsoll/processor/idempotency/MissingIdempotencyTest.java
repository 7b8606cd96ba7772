package io.plimsoll.processor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingIdempotencyTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.service.annotation.*;
            import org.springframework.kafka.annotation.*;
            """;

    private static Javac.Result compile(List<String> options, String... sources) {
        List<String> all = new ArrayList<>(options);
        all.add("-Aplimsoll.rule.MissingTimeout=off");
        return Javac.compile(all, sources);
    }

    private static Javac.Result compile(String code) {
        return compile(List.of(), IMPORTS + code);
    }

    @Test
    void aHandlerOfPostThatSaysNothingIsShownAtItsName() {
        Javac.Result result = compile("""
                @RestController
                class Orders {
                    @PostMapping("/orders")
                    String place() { return ""; }
                }
                """);

        assertThat(result.findings()).containsExactly("error MissingIdempotency 9:12");
        assertThat(result.messages())
                .containsExactly(
                        "[MissingIdempotency] The request handler Orders.place does not say what a repeated call"
                                + " does. A client that got no answer sends the request again, and what it asked for happens"
                                + " twice. Fix: @Idempotent, or @NotIdempotent(reason = \"...\"). See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/MissingIdempotency.md");
    }

    @Test
    void aListenerOfTheOutboxIsCalledExactlyOnceAsItIs() {
        assertThat(compile("""
                        class Jobs {
                            @io.plimsoll.outbox.OutboxListener(topic = "orders") void on(String event) {}
                            @Own void owned(String event) {}
                        }
                        @io.plimsoll.outbox.OutboxListener(topic = "orders")
                        @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Own {}
                        """).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class Jobs { @PatchMapping void on() {} }",
                "@RestController class Jobs { @RequestMapping(method = {RequestMethod.GET, RequestMethod.POST}) void on() {} }",
                "@RestController @RequestMapping(method = RequestMethod.POST) class Jobs { @RequestMapping void on() {} }",
                "@RestController class Jobs { @PostExchange void on() {} }",
                "@RestController class Jobs { @HttpExchange(method = \"PATCH\") void on() {} }",
                "@RestController class Jobs implements Api { public void on() {} } interface Api { @PostMapping void on(); }",
                "@RestController class Jobs implements Api {} interface Api { @PostMapping default void on() {} }",
                "class Outer { @RestController static class Jobs { @PostMapping void on() {} } }",
                "class Jobs { @KafkaListener(topics = \"a\") void on(String s) {} void other() {} }",
                "@KafkaListener(topics = \"a\") class Jobs { @KafkaHandler void on(String event) {} }",
                "class Jobs { @org.springframework.jms.annotation.JmsListener(destination = \"a\") void on(String s) {} }",
            })
    void allShapesAreFound(String code) {
        assertThat(compile(code).findings())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("error MissingIdempotency 6:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class Jobs { @PostMapping @Idempotent void on() {} }",
                "@RestController class Jobs { @PostMapping @NotIdempotent(reason = \"logs\") void on() {} }",
                "@RestController class Jobs { @GetMapping void a() {} @PutMapping void b() {} @DeleteMapping void c() {}"
                        + " @RequestMapping void d() {} @GetExchange void e() {} }",
                "@RestController class Jobs implements Api { public void on() {} }"
                        + " interface Api { @PostMapping @Idempotent void on(); }",
                "class Jobs { @PostMapping void notInAController() {} }",
                "@RestController abstract class Jobs { @PostMapping void on() {} }",
                "interface Client { @PostExchange String on(); }",
                "class Jobs { @org.springframework.scheduling.annotation.Scheduled(fixedDelay = 1) void on() {} }",
                "class Jobs { @KafkaListener(topics = \"a\") @Idempotent(key = \"#id\") void on(String id) {} }",
                "@RestController class Jobs { @PostMapping @Write void on() {} }"
                        + " @Idempotent @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                        + " @interface Write {}",
            })
    void whatSaysSoIsFine(String code) {
        assertThat(compile(code).findings()).isEmpty();
    }

    @Test
    void anInheritedHandlerIsShownAtTheControllerThatInheritsIt() {
        assertThat(compile("""
                                abstract class Base {
                                    @PostMapping public String place() { return ""; }
                                }
                                @RestController
                                class Orders extends Base {}
                                """).findings()).containsExactly("error MissingIdempotency 10:1");
    }

    @Test
    void anOptOutWithoutAReasonIsShownAtTheReason() {
        Javac.Result result = compile("""
                class Orders {
                    @NotIdempotent(reason = " ")
                    void place() {}
                }
                """);

        assertThat(result.findings()).containsExactly("error MissingIdempotency 7:29");
        assertThat(result.messages().get(0)).contains("@NotIdempotent on Orders.place gives no reason.");
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(compile("@RestController class Jobs {"
                                + " @SuppressWarnings(\"plimsoll:MissingIdempotency\") @PostMapping void on() {} }")
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class A extends Missing { @PostMapping void a() {} }",
                "@RestController class A { @PostMapping @Missing void a() {} }",
                "@RestController class A { @PostMapping(Missing.PATH) @NotIdempotent void a() {} }",
            })
    void codeThatDoesNotCompileIsTheCompilersBusiness(String code) {
        assertThat(compile(code).messages()).noneMatch(message -> message.startsWith("[Missing"));
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=recommended, error",
        "plimsoll.profile=adopt, warning",
        "plimsoll.rule.MissingIdempotency=warn, warning",
    })
    void severityFollowsTheBuild(String option, String kind) {
        assertThat(compile(List.of("-A" + option), IMPORTS + "@RestController class Jobs { @PostMapping void on() {} }")
                        .findings())
                .containsExactly(kind + " MissingIdempotency 6:48");
    }
}
