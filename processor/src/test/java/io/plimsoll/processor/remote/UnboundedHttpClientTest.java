package io.plimsoll.processor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Marked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnboundedHttpClientTest {

    private static final String RULE = "warning UnboundedHttpClient";

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import java.net.URI;
            import java.net.http.*;
            import java.time.Duration;
            import java.util.*;
            import org.springframework.http.client.*;
            import org.springframework.web.client.*;
            import org.springframework.web.reactive.function.client.WebClient;
            """;

    private static List<String> findings(String source) {
        return Javac.compile(IMPORTS + source).findings();
    }

    @Test
    void aClientIsShownWhereItIsMade() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Clients {
                    RestTemplate rest = new RestTemplate();
                }
                """);

        assertThat(result.findings()).containsExactly(RULE + " 11:25");
        assertThat(result.messages())
                .containsExactly(
                        "[UnboundedHttpClient] This RestTemplate has no connect and read timeout. A service that"
                                + " takes the connection and does not answer holds the thread for ever, and with some hundred of"
                                + " them the whole application. Fix: inject RestTemplateBuilder and call"
                                + " connectTimeout(Duration.ofSeconds(1)).readTimeout(Duration.ofSeconds(2)).build(): the calls of"
                                + " what it builds also end with the budget of a @Timeout. See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnboundedHttpClient.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object o = RestClient^.create();",
                "Object o = RestClient^.create(\"http://pay\");",
                "Object o = RestClient^.create(URI.create(\"http://pay\"));",
                "Object o = RestClient^.builder().baseUrl(\"/\").build();",
                "Object o = WebClient^.builder().baseUrl(\"/\").build();",
                "Object o = WebClient^.create();",
                "Object o = WebClient^.create(\"http://pay\");",
                "static final Object O = ^new RestTemplate();",
                "Object o = ^new org.springframework.web.client.RestTemplate();",
                "Object o() { return ^new RestTemplate(List.of()); }",
                "Object o = HttpClient^.newHttpClient();",
                "Object o = HttpClient^.newBuilder().build();",
                "Object o = HttpClient^.newBuilder().version(HttpClient.Version.HTTP_2).build();",
                "Object o = HttpRequest^.newBuilder().uri(null).GET().build();",
                "Object o(URI u) { return HttpRequest^.newBuilder(u).build(); }",
                "@NoTimeout(reason = \"a\") void x() { HttpClient^.newHttpClient(); }",
                "void x() { Runnable r = () -> RestClient^.create(); }",
            })
    void everyWayToMakeOne(String member) {
        Marked marked = Marked.of(IMPORTS + "class Clients { " + member + " }");

        assertThat(Javac.compile(marked.source()).findings()).isEqualTo(marked.findings(RULE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object o(RestClient.Builder b) { return b.build(); }",
                "Object o(ClientHttpRequestFactory f) { return RestClient.builder().requestFactory(f).build(); }",
                "Object o(RestTemplate t) { return RestClient.builder(t).build(); }",
                "Object o() { return RestClient.builder().apply(b -> b.requestFactory(null)).build(); }",
                "Object o() { return WebClient.builder().clientConnector(null).build(); }",
                "Object o() { return WebClient.builder().exchangeFunction(null).build(); }",
                "Object o(RestTemplate r) { return RestClient.create(r); }",
                "Object o(ClientHttpRequestFactory f) { return new RestTemplate(f); }",
                "Object o = new RestTemplate(new SimpleClientHttpRequestFactory());",
                "Object o = new RestTemplate() { };",
                "Object o() { RestTemplate r = new RestTemplate(); r.setRequestFactory(null); return r; }",
                "RestTemplate r = new RestTemplate(); Clients() { this.r.setRequestFactory(null); }",
                "Object o(Builder b) { return b.configure(new RestTemplate()); }",
                "Object o = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();",
                "Object o = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).version(null).build();",
                "Object o(HttpClient.Builder b) { return b.build(); }",
                "Object o() { var b = HttpClient.newBuilder(); b.connectTimeout(null); return b.build(); }",
                "Object o() { return with(HttpClient.newBuilder()).build(); }",
                "Object o = HttpRequest.newBuilder().uri(null).timeout(Duration.ofSeconds(1)).build();",
                "Object o(HttpRequest.Builder b) { return b.uri(null).build(); }",
                "Object o(HttpRequest r) { return HttpRequest.newBuilder(r, (n, v) -> true).build(); }",
                "@Timeout(\"1s\") void x() { HttpRequest.newBuilder().build(); }",
                "@Timeout(\"1s\") static class B { public void x() { HttpRequest.newBuilder().build(); } }",
                "Object o = new StringBuilder().toString(); Object p = java.util.stream.Stream.builder().build();",
                "Object o = Other.create(); Object p = new Other.RestTemplate();",
                "static class ClientsTest { Object o = RestClient.create(); }",
                "@Test void x() { RestClient.create(); } @interface Test {}",
            })
    void whatHasATimeoutOrMayGetOnePasses(String member) {
        assertThat(
                        findings(
                                "class Clients { " + member
                                        + " HttpClient.Builder with(HttpClient.Builder b) { return b; } }"
                                        + " interface Builder { Object configure(RestTemplate r); }"
                                        + " class Other { static Other create() { return new Other(); } static class RestTemplate {} }"))
                .isEmpty();
    }

    @Test
    void aTestNeedsNoTimeout() {
        assertThat(findings("class ClientsIT { Object o = RestClient.create(); static class Nested {"
                        + " Object o = RestClient.create(); } }"))
                .isEmpty();
    }

    @Test
    void codeThatDoesNotCompileIsLeftToTheCompiler() {
        assertThat(Javac.compile(
                                "package com.acme; \nclass Clients { Object a = new RestTemplate(); Object b = Missing.create();"
                                        + " Object c = missing().build(); Object d = create(); }")
                        .messages())
                .noneMatch(message -> message.startsWith("["));
    }

    @Test
    void itIsSuppressedOnTheFieldTheMethodOrTheClass() {
        assertThat(findings("""
                class Clients {
                    @SuppressWarnings("plimsoll:UnboundedHttpClient") Object a = RestClient.create();
                    @SuppressWarnings("plimsoll:UnboundedHttpClient") Object b() { return new RestTemplate(); }
                    @SuppressWarnings("plimsoll:UnboundedHttpClient")
                    static class Inner { Object o = HttpClient.newHttpClient(); }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning",
        "plimsoll.profile=adopt, warning",
        "plimsoll.rule.UnboundedHttpClient=error, error",
        "plimsoll.rule.UnboundedHttpClient=off, ",
    })
    void severityFollowsTheBuild(String option, String severity) {
        assertThat(Javac.compile(List.of("-A" + option), IMPORTS + "class A { Object o = RestClient.create(); }")
                        .findings())
                .isEqualTo(severity == null ? List.of() : List.of(severity + " UnboundedHttpClient 10:32"));
    }
}
