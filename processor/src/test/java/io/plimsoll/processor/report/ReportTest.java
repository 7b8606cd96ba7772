package io.plimsoll.processor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final List<String> REPORT = List.of("-Aplimsoll.report=true", "-Aplimsoll.profile=adopt");

    @Test
    void everyEntryPointHasARow() throws Exception {
        Javac.Result result = Javac.compile(REPORT, """
                package com.acme;
                import io.plimsoll.idempotency.*;
                import io.plimsoll.timeout.*;
                import org.springframework.cache.annotation.*;
                import org.springframework.resilience.annotation.*;
                import org.springframework.scheduling.annotation.*;
                import org.springframework.web.bind.annotation.*;
                import org.springframework.web.service.annotation.*;
                @RestController @Timeout("2s")
                class Orders {
                    @PostMapping @Idempotent String place(@RequestBody String order) { return order; }
                    @PutMapping @Timeout("${x:500ms}") @Idempotent(key = "#id", ttl = "1h") void change(long id) {}
                    @PatchMapping @NotIdempotent(reason = "it \\"sets\\" | what is sent") @NoTimeout(reason = "a stream") void patch() {}
                    @GetMapping @Cacheable("orders") @Retryable String get() { return ""; }
                    @DeleteMapping @io.plimsoll.outbox.Outboxed(topic = "orders") Object drop() { return ""; }
                    void none() {}
                    static class Jobs { @Scheduled(fixedDelay = 1) void sweep() {} }
                    interface Stock { @GetExchange String level(); }
                }
                """);

        assertThat(files(result, ".md")).containsExactly("""
                        | entry point | kind | timeout | idempotency | retry | cache | outbox |
                        |---|---|---|---|---|---|---|
                        | Orders.place | request handler | 2s (Orders) | Idempotency-Key for 24h | - | - | - |
                        | Orders.change | request handler | ${x:500ms} | #id for 1h | - | - | - |
                        | Orders.patch | request handler | none: a stream | none: it "sets" \\| what is sent | - | - | - |
                        | Orders.get | request handler | 2s (Orders) | - | @Retryable | @Cacheable | - |
                        | Orders.drop | request handler | 2s (Orders) | - | - | - | to orders |
                        | Jobs.sweep | scheduled method | - | - | - | - | - |
                        | Stock.level | HTTP client method | - | - | - | - | - |
                        """);
        assertThat(files(result, ".json"))
                .singleElement()
                .asString()
                .startsWith("{\"method\":\"com.acme.Orders#place(java.lang.String)\",\"kind\":\"request handler\","
                        + "\"timeout\":\"2s (Orders)\",\"idempotency\":\"Idempotency-Key for 24h\",\"retry\":null,"
                        + "\"cache\":null,\"outbox\":null}\n")
                .contains("none: it \\\"sets\\\" | what is sent", "com.acme.Orders$Jobs#sweep()")
                .hasLineCount(7);
    }

    @Test
    void aPackageAndASupertypeCoverEntryPointsToo() throws Exception {
        assertThat(files(
                        Javac.compile(
                                REPORT,
                                "@io.plimsoll.timeout.Timeout(\"3s\") package com.acme;",
                                "package com.acme; class Jobs { @org.springframework.scheduling.annotation.Scheduled void a() {} }"),
                        ".md"))
                .singleElement()
                .asString()
                .contains("| Jobs.a | scheduled method | 3s (package) |");
    }

    @Test
    void aListenerIsRecognizedByItsEvent() throws Exception {
        assertThat(files(
                        Javac.compile(
                                REPORT,
                                "class On { @io.plimsoll.idempotency.Idempotent @io.plimsoll.timeout.Timeout(\"1s\")"
                                        + " @org.springframework.kafka.annotation.KafkaListener(topics = \"a\")"
                                        + " void a(String b) {} }"),
                        ".md"))
                .singleElement()
                .asString()
                .contains("| On.a | message listener | 1s | event id for 24h |");
    }

    @Test
    void withoutTheOptionNothingIsWritten() throws Exception {
        Javac.Result result = Javac.compile(
                List.of("-Aplimsoll.report=false"),
                "class Jobs { @io.plimsoll.timeout.Timeout(\"1s\") @org.springframework.scheduling.annotation.Scheduled void a() {} }");

        assertThat(files(result, ".json")).isEmpty();
        assertThat(files(result, ".md")).isEmpty();
    }

    @Test
    void textIsEscapedAsJsonWants() {
        assertThat(new Row("a", "a", "b", Map.of(Column.CACHE, "tab\t, \\ and \"")).json())
                .contains("\"cache\":\"tab\\u0009, \\\\ and \\\"\"");
    }

    private static List<String> files(Javac.Result result, String end) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JavaFileObject file : result.compilation().generatedFiles()) {
            if (file.getName().contains("META-INF/plimsoll/report/")
                    && file.getName().endsWith(end)) {
                texts.add(file.getCharContent(true).toString());
            }
        }
        return texts;
    }
}
