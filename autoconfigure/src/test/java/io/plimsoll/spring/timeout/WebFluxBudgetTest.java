package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
            "server.forward-headers-strategy=framework",
            "plimsoll.timeout.wire.mode=enforce",
            "plimsoll.timeout.wire.trusted-peers=127.0.0.1,::1"
        })
class WebFluxBudgetTest {

    @LocalServerPort
    private int port;

    @Test
    void aSpentBudgetIsAProblem() throws Exception {
        HttpResponse<String> answer = get("/mono", "60000");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"timeout_exceeded\"", "\"setBy\":\"WebFluxBudgetTest$Handlers.mono\"");
    }

    @Test
    void theCallersDeadlineRulesIfItIsNearer() throws Exception {
        assertThat(Long.parseLong(get("/left", "2000").body())).isBetween(1L, 2_000L);
        assertThat(Long.parseLong(get("/left", "60000").body())).isBetween(5_000L, 10_000L);
        assertThat(get("/forever", "50").body())
                .contains("\"code\":\"timeout_exceeded\"", "\"setBy\":\"the caller (Plimsoll-Budget)\"");
    }

    @Test
    void aHandlerWithoutABudgetIsNotCut() throws Exception {
        String itself = "http://localhost:" + port;

        assertThat(get("/free?next=" + itself + "/slow", "100").body()).isEqualTo("at last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
    void whatWasForwardedIsNotBelieved(String header) throws Exception {
        assertThat(Long.parseLong(get("/left", "2000", header, "for=127.0.0.1").body()))
                .isBetween(5_000L, 10_000L);
    }

    private HttpResponse<String> get(String path, String budget, String... headers) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .headers(StringUtils.concatenateStringArrays(
                                        new String[] {"Plimsoll-Budget", budget}, headers))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @RestController
    static class Handlers {

        private final WebClient client;

        Handlers(WebClient.Builder builder) {
            client = builder.build();
        }

        @GetMapping("/free")
        @NoTimeout(reason = "passes on what is slow")
        public Mono<String> free(@RequestParam("next") String next) {
            return client.get().uri(next).retrieve().bodyToMono(String.class);
        }

        @GetMapping("/slow")
        @NoTimeout(reason = "is slow")
        public Mono<String> slow() {
            return Mono.delay(Duration.ofMillis(500)).map(tick -> "at last");
        }

        @GetMapping("/mono")
        @Timeout("100ms")
        public Mono<String> mono() {
            return Mono.never();
        }

        @GetMapping("/left")
        @Timeout("10s")
        public Mono<Long> left() {
            return Mono.deferContextual(context ->
                    Mono.just(context.<Deadline>get(Deadline.class).remaining().toMillis()));
        }

        @GetMapping("/forever")
        @Timeout("10s")
        public Flux<String> forever() {
            return Flux.never();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    @Import(Handlers.class)
    static class Application {}
}
