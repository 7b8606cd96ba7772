package io.plimsoll.processor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Marked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCallWithoutTimeoutTest {

    private static final String RULE = "warning RemoteCallWithoutTimeout";

    /** Off unless the build is strict or asks for it. */
    private static final List<String> ON = List.of("-Aplimsoll.rule.RemoteCallWithoutTimeout=warn");

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import java.net.*;
            import java.net.http.*;
            import java.time.Duration;
            import java.util.concurrent.*;
            import org.springframework.amqp.core.AmqpTemplate;
            import org.springframework.context.annotation.*;
            import org.springframework.kafka.core.KafkaTemplate;
            import org.springframework.scheduling.annotation.Scheduled;
            import org.springframework.stereotype.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.client.*;
            import org.springframework.web.reactive.function.client.WebClient;
            import org.springframework.web.service.annotation.*;
            """;

    private static final String STUB = "package com.acme; \npublic class PaymentStub"
            + " extends io.grpc.stub.AbstractBlockingStub<PaymentStub> {"
            + " PaymentStub(io.grpc.Channel c, io.grpc.CallOptions o) { super(c, o); }"
            + " @Override protected PaymentStub build(io.grpc.Channel c, io.grpc.CallOptions o)"
            + " { return new PaymentStub(c, o); } public String charge(String order) { return order; } }";

    private static final String REST = " class Rest { static RestTemplate rest; }";

    private static List<String> findings(String source) {
        return Javac.compile(ON, IMPORTS + source, STUB).findings();
    }

    private static void assertMarked(String source) {
        Marked marked = Marked.of(IMPORTS + source);
        assertThat(marked.places()).isNotEmpty();
        assertThat(Javac.compile(ON, marked.source(), STUB).findings()).isEqualTo(marked.findings(RULE));
    }

    @Test
    void aCallIsShownAtTheNameOfItsMethod() {
        Javac.Result result = Javac.compile(ON, IMPORTS + """
                @Service
                class Payments {
                    RestTemplate rest;
                    String charge(String order) {
                        return rest.postForObject("/charges", order, String.class);
                    }
                }
                """);

        assertThat(result.findings()).containsExactly(RULE + " 20:20");
        assertThat(result.messages())
                .containsExactly("[RemoteCallWithoutTimeout] RestTemplate.postForObject is called in Payments.charge,"
                        + " which has no time budget. Where client and caller set none either, a service that does not"
                        + " answer holds the thread for ever. Fix: @Timeout(\"2s\") on charge or on Payments, or"
                        + " @NoTimeout(reason = \"...\"). See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/RemoteCallWithoutTimeout.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private void x()", "final void x()"})
    void whereNoProxyCanStandTheFixNamesTheCallers(String method) {
        assertThat(Javac.compile(
                                ON,
                                IMPORTS + "@Service class Payments { " + method + " { Rest.rest.delete(\"/\"); } }"
                                        + REST)
                        .messages())
                .singleElement()
                .asString()
                .contains("Fix: @Timeout(\"2s\") on the methods that call x or on Payments, or @NoTimeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(RestClient r) { r.get().uri(\"/\").retrieve()^.body(String.class); }",
                "void x(WebClient w) { w.get().retrieve().bodyToMono(String.class)^.block(); }",
                "void x(HttpClient h) throws Exception { h.sendAsync(null, null)^.join(); }",
                "void x() throws Exception { ^new Socket(\"host\", 25); }",
                "void x(Socket s) throws Exception { s^.connect(null); }",
                "void x(URL u) throws Exception { var c = (HttpURLConnection) u^.openConnection(); }",
                "void x(PaymentStub s) { s^.charge(\"\"); }",
                "void x(ExecutorService e, RestTemplate r) { e.execute(() -> r^.delete(\"/\")); }",
                "void x(RestTemplate r) { new Thread() { @Override public void run() { r^.delete(\"/\"); } }; }",
                "void x(RestTemplate r) { class Local { void y() { r^.delete(\"/\"); } } }",
                "void x(RestTemplate r) { java.util.List.of(\"/\").forEach(^r::delete); }",
            })
    void everyCallThatWaits(String method) {
        assertMarked("@Component class Payments { " + method + " }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Service class A { void x() { CALL } }",
                "@Service class A { public final void x() { CALL } }",
                "@RestController class A { void x() { CALL } }",
                "@Configuration class A { void x() { CALL } }",
                "@Component abstract class A { void x() { CALL } }",
                "class Outer { @Component static class A { void x() { CALL } } }",
                "class A { @Scheduled(fixedDelay = 1) @Timeout(\"1s\") void y() {} void x() { CALL } }",
                "@Service class A { private void x() { CALL } void y() { x(); } }",
                "@Service class A { @Timeout(\"1s\") void y() {} void x() { CALL } }",
                "@Timeout(\"1s\") class Outer { @Component static class A { void x() { CALL } } }",
            })
    void inEveryBean(String source) {
        assertMarked(source.replace("CALL", "Rest.rest^.delete(\"/\");") + REST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { void x() { CALL } }",
                "@Service class A { @Timeout(\"1s\") void x() { CALL } }",
                "@Service class A { @NoTimeout(reason = \"batch\") void x() { CALL } }",
                "@Service @Timeout(\"1s\") class A { public void x() { CALL } }",
                "@Timeout(\"1s\") abstract class Base {} @Service class A extends Base { public void x() { CALL } }",
                "interface Api { @Timeout(\"1s\") void x(); } @Service class A implements Api { public void x() { CALL } }",
                "@Service class A { @Fast void x() { CALL } } @Timeout(\"1s\") @java.lang.annotation.Retention("
                        + "java.lang.annotation.RetentionPolicy.RUNTIME) @interface Fast {}",
                "@Service class A { private void x() { CALL } @Timeout(\"1s\") void y() { x(); } }",
                "@Service class A { static void x() { CALL } }",
                "@Service class A { A() { CALL } }",
                "@Service class A { { CALL } static { CALL } Object o = Rest.rest.optionsForAllow(\"/\"); }",
                "@Configuration class A { @Bean Object x() { CALL return 1; } }",
                "@Service class A { @jakarta.annotation.PostConstruct void x() { CALL } }",
                "@Service class ATest { void x() { CALL } }",
                "@Service class A extends Missing { void x() { CALL } }",
                "@Service enum A { B; void x() { CALL } }",
                "@Service interface A { default void x() { CALL } }",
            })
    void whatIsCoveredOrCannotBePasses(String source) {
        assertThat(findings(source.replace("CALL", "Rest.rest.delete(\"/\");") + REST))
                .noneMatch(finding -> finding.contains("RemoteCallWithoutTimeout"));
    }

    @Test
    void oneMissingBudgetIsShownOnceAtTheFirstCallOfEachMethod() {
        assertMarked("""
                @Service
                class A {
                    RestTemplate rest;
                    void x() { rest^.delete("/"); rest.delete("/"); }
                    void y(Socket s) throws Exception { s.connect(null, 5); rest^.delete("/"); rest.put("/", 1); }
                }
                """);
    }

    @Test
    void aBudgetOnThePackageCovers() {
        assertThat(Javac.compile(
                                ON,
                                IMPORTS + "@Service class A { void x() { Rest.rest.delete(\"/\"); } }" + REST,
                                "@io.plimsoll.timeout.Timeout(\"1s\") package com.acme;")
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class A { @GetMapping void x() { CALL } }",
                "@RestController class A { @GetMapping void y() { x(); } private void x() { CALL } }",
                "class A { @Scheduled(fixedDelay = 1) void x() { CALL } }",
            })
    void anEntryPointAndItsHelpersAreMissingTimeoutsBusiness(String source) {
        assertThat(findings(source.replace("CALL", "Rest.rest.delete(\"/\");") + REST))
                .singleElement()
                .asString()
                .startsWith("error MissingTimeout");
    }

    @Test
    void aHandlerOfAnAbstractControllerIsReportedOnTheControllerThatInheritsIt() {
        assertThat(findings("@RestController abstract class A { @GetMapping void x() { Rest.rest.delete(\"/\"); } }"
                        + REST))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(WebClient w) { w.get().retrieve().bodyToMono(String.class).block(Duration.ofSeconds(1)); }",
                "void x(WebClient w) { w.get().retrieve().bodyToMono(String.class).timeout(Duration.ofSeconds(1)).block(); }",
                "void x(WebClient w) { var m = w.get().retrieve().bodyToMono(String.class); }",
                "void x(HttpClient h) throws Exception { h.sendAsync(null, null).get(1, TimeUnit.SECONDS); }",
                "void x(HttpClient h) { h.sendAsync(null, null).orTimeout(1, TimeUnit.SECONDS).join(); }",
                "void x(PaymentStub s) { s.withDeadlineAfter(1, TimeUnit.SECONDS).charge(\"\"); }",
                "void x(Socket s) throws Exception { s.connect(null, 100); }",
                "void x(AmqpTemplate a) { a.convertSendAndReceive(1); a.convertAndSend(1); }",
                "void x(KafkaTemplate<String, String> k) { k.send(\"a\", \"b\").join(); }",
                "void x(Charges c) { c.charge(); }",
            })
    void whatIsBoundedOrNoCallToAServicePasses(String method) {
        assertThat(findings("@Component class Payments { " + method + " }"
                        + " @Timeout(\"1s\") interface Charges { @PostExchange(\"/\") void charge(); }"))
                .isEmpty();
    }

    @Test
    void itIsSuppressedOnTheMethodTheClassOrTheVariable() {
        assertThat(findings("""
                @Service
                class A {
                    @SuppressWarnings("plimsoll:RemoteCallWithoutTimeout")
                    void a(RestTemplate r) { r.delete("/"); }
                    void b(RestTemplate r) {
                        @SuppressWarnings("plimsoll:RemoteCallWithoutTimeout")
                        String s = r.getForObject("/", String.class);
                    }
                    @Service
                    @SuppressWarnings("plimsoll:RemoteCallWithoutTimeout")
                    static class Inner { void c(RestTemplate r) { r.delete("/"); } }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, error",
        "plimsoll.profile=recommended, ",
        "plimsoll.profile=adopt, ",
        "plimsoll.rule.RemoteCallWithoutTimeout=error, error",
        "plimsoll.rule.RemoteCallWithoutTimeout=off, ",
    })
    void severityFollowsTheBuild(String option, String severity) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS + "@Service class A { void x(RestTemplate r) { r.delete(\"/\"); } }")
                        .findings())
                .isEqualTo(severity == null ? List.of() : List.of(severity + " RemoteCallWithoutTimeout 16:46"));
    }
}
