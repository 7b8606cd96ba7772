package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.Timeout;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
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

    private HttpResponse<String> get(String path, String budget) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Plimsoll-Budget", budget)
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @RestController
    static class Handlers {

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
