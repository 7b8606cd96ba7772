package io.plimsoll.processor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryWithoutIdempotencyTest {

    private static final String RUNTIME =
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) ";

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import io.plimsoll.timeout.*;
            import java.net.*;
            import java.util.Map;
            import org.springframework.cloud.openfeign.FeignClient;
            import org.springframework.http.*;
            import org.springframework.resilience.annotation.Retryable;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.client.*;
            import org.springframework.web.service.annotation.*;
            @Retryable @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Again {}
            """;

    private static Javac.Result compile(List<String> options, String code) {
        return Javac.compile(
                options,
                HEAD + code,
                "package org.springframework.cloud.openfeign;\n" + RUNTIME
                        + "\npublic @interface FeignClient { String value() default \"\"; }",
                "package io.github.resilience4j.retry.annotation;\n" + RUNTIME
                        + "\npublic @interface Retry { String name(); }");
    }

    private static Javac.Result compile(String code) {
        return compile(List.of("-Aplimsoll.rule.MissingTimeout=off"), code);
    }

    @Test
    void itIsShownAtTheRetry() {
        Javac.Result result = compile("""
                interface Payments {
                    @PostExchange("/payments")
                    @Retryable(maxRetries = 3) String pay(@RequestBody String payment);
                }
                """);

        assertThat(result.findings()).containsExactly("warning RetryWithoutIdempotency 15:5");
        assertThat(result.messages().get(0))
                .isEqualTo(
                        "[RetryWithoutIdempotency] @Retryable repeats Payments.pay, which sends POST or PATCH without"
                                + " an Idempotency-Key. If only the answer was lost, the other side has done its work, and now"
                                + " does it twice. Fix: a parameter @RequestHeader(\"Idempotency-Key\") String key that stays the"
                                + " same across attempts, if the other side knows it; or @NotIdempotent(reason = \"...\"). See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/RetryWithoutIdempotency.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interface C { @Retryable @PatchExchange String a(String b); } | 13:15",
                "interface C { @Again @PostExchange String a(String b); } | 13:15",
                "@HttpExchange(method = \"POST\") interface C { @Retryable @HttpExchange String a(String b); } | 13:46",
                "interface C { @org.springframework.retry.annotation.Retryable @PostExchange String a(); } | 13:15",
                "interface C { @io.github.resilience4j.retry.annotation.Retry(name = \"x\") @PostExchange String a(); } | 13:15",
                "@Retryable interface C { @PostExchange String a(); @GetExchange String b(); } | 13:47",
                "@FeignClient(\"c\") interface C { @PostMapping @Retryable String a(); } | 13:46",
                "@FeignClient(\"c\") @Retryable interface C { @RequestMapping(method = RequestMethod.PATCH) String a(); } | 13:97",
                "interface C { @Retryable(includes = {ResourceAccessException.class, ConnectException.class}) @PostExchange String a(); } | 13:15",
                "interface C { @Retryable(excludes = ConnectException.class) @PostExchange String a(); } | 13:15",
                "interface C { @org.springframework.retry.annotation.Retryable(maxAttempts = 2) @PostExchange String a(); } | 13:15",
                "interface C { @Retryable @PostExchange String a(@RequestHeader(\"X-Trace\") String id); } | 13:15",
                "interface C { @Retryable @PostExchange String a(@RequestParam Map<String, String> id); } | 13:15",
            })
    void aWriteThatIsSentAgainIsShown(String code, String place) {
        assertThat(compile(code).findings()).containsExactly("warning RetryWithoutIdempotency " + place);
    }

    @Test
    void anInheritedMethodIsShownAtTheClient() {
        assertThat(compile("""
                                interface Api { String a(); }
                                @FeignClient("a") @Retryable interface A extends Remote {}
                                """.replace("interface Api", "interface Remote { @PostMapping String a(); }\ninterface Api"))
                        .findings())
                .containsExactly("warning RetryWithoutIdempotency 15:19");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interface C { @Retryable @GetExchange String a(); }",
                "interface C { @Retryable @PutExchange String a(); }",
                "interface C { @Retryable @DeleteExchange String a(); }",
                "interface C { @PostExchange String a(); @Retryable @GetExchange String b(); }",
                "interface C { @Retryable @PostExchange @NotIdempotent(reason = \"a search\") String a(); }",
                "interface C { @Retryable @PostExchange @Idempotent(key = \"#b\") String a(String b); }",
                "interface C { @Retryable @PostExchange String a(@RequestHeader(\"Idempotency-Key\") String k); }",
                "interface C { @Retryable @PostExchange String a(@RequestHeader(name = \"PayPal-Request-Id\") String k); }",
                "interface C { @Retryable @PostExchange String a(@RequestParam String requestId); }",
                "interface C { @Retryable @PostExchange String a(@RequestHeader Map<String, String> all); }",
                "interface C { @Retryable @PostExchange String a(HttpHeaders all); }",
                "interface C { @Retryable @PostExchange(headers = \"Idempotency-Key={k}\") String a(@PathVariable String k); }",
                "@HttpExchange(headers = {\"A=b\", \"Idempotency-Key=1\"}) interface C { @Retryable @PostExchange String a(); }",
                "interface C { @Retryable(maxRetries = 0) @PostExchange String a(); }",
                "interface C { @org.springframework.retry.annotation.Retryable(maxAttempts = 1) @PostExchange String a(); }",
                "interface C { @Retryable(ConnectException.class) @PostExchange String a(); }",
                "interface C { @Retryable(includes = {UnknownHostException.class, HttpClientErrorException.TooManyRequests.class})"
                        + " @PostExchange String a(); }",
                "interface C { @org.springframework.retry.annotation.Retryable(retryFor = ConnectException.class)"
                        + " @PostExchange String a(); }",
                // No client, or a write that rolls back.
                "interface C { @Retryable String create(); }",
                "class C { @Retryable @org.springframework.transaction.annotation.Transactional public void create() {} }",
                "interface Api { @Retryable @PostExchange @NotIdempotent(reason = \"a\") String a(); }"
                        + " @RestController class C implements Api { public String a() { return null; } }",
            })
    void whatMayBeSentAgainIsFine(String code) {
        assertThat(compile(code).findings()).isEmpty();
    }

    @Test
    void aHandlerIsToldByMissingIdempotency() {
        assertThat(compile("@RestController class C { @Retryable @PostMapping public String a() { return null; } }")
                        .findings())
                .containsExactly("error MissingIdempotency 13:65");
    }

    @Test
    void whatDoesNotExistIsTheCompilersBusiness() {
        assertThat(compile("interface C extends Missing { @Retryable @PostExchange String a(); }"
                                + " interface D { @Retryable @PostExchange @Missing String a(); }"
                                + " interface E { @Retryable(Missing.class) @PostExchange String a(); }")
                        .messages())
                .isNotEmpty()
                .noneMatch(message -> message.contains("[RetryWithout"));
    }

    @ParameterizedTest
    @EnumSource(names = {"STRICT", "RECOMMENDED", "ADOPT"})
    void itIsAWarningInEveryProfile(io.plimsoll.processor.engine.Profile profile) {
        assertThat(new RetryWithoutIdempotency().severity(profile))
                .isEqualTo(io.plimsoll.processor.engine.Severity.WARN);
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(compile("@SuppressWarnings(\"plimsoll:RetryWithoutIdempotency\") interface C {"
                                + " @Retryable @PostExchange String a(); }")
                        .findings())
                .isEmpty();
    }
}
