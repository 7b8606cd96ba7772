package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.timeout.Timeout;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.publisher.Mono;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties =
                "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
class TimeoutProblemTest {

    @LocalServerPort
    private int port;

    @Test
    void aSpentBudgetIsAProblemThatSaysWhoseItWasAndWhereItWent() throws Exception {
        HttpResponse<String> answer = get("/slow");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"timeout_exceeded\"", "within its time budget of 100ms", "\"budget\":\"100ms\"")
                .contains("\"setBy\":\"TimeoutProblemTest$Handlers.slow\"", "\"elapsed\":\"1")
                .contains("\"in\":\"the application's own code\"")
                .doesNotContain("io.plimsoll", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mono", "/future"})
    void soIsOneOfAResultThatComesLater(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"timeout_exceeded\"", "\"budget\":\"100ms\"");
    }

    @Test
    void otherFailuresAreTheApplications() throws Exception {
        assertThat(get("/broken").body()).isEqualTo("the application's catch-all");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @RestController
    @Timeout("100ms")
    static class Handlers {

        @GetMapping("/slow")
        public Object slow() throws InterruptedException {
            return String.valueOf(Timed.forever());
        }

        @GetMapping("/mono")
        public Mono<String> mono() {
            return Mono.never();
        }

        @GetMapping("/future")
        public CompletableFuture<String> future() {
            return new CompletableFuture<>();
        }

        @GetMapping("/broken")
        public Object broken() {
            throw new IllegalStateException("broken");
        }
    }

    @RestControllerAdvice
    static class CatchAll {

        @ExceptionHandler(Exception.class)
        String any() {
            return "the application's catch-all";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Handlers.class, CatchAll.class})
    static class Application {}
}
