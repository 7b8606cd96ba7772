package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.idempotency.Server.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The {@code Idempotency-Key} header over HTTP. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestKeyTest {

    private static final String ORDER = "{\"item\":\"tea\"}";

    @SuppressWarnings("NullAway.Init")
    private Server server;

    @BeforeAll
    void start() {
        server = new Server(TestDatabase.H2, Shop.class, Shop.Door.class);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void withoutAKeyNothingRuns() throws Exception {
        long before = server.effects().size();

        Answer answer = server.send("POST", "/orders", ORDER, "Content-Type", "application/json");

        assertProblem(answer, "idempotency_key_missing");
        assertThat(server.effects()).hasSize((int) before);
        assertProblem(server.post("/orders", "", ORDER), "idempotency_key_missing");
        assertProblem(server.post("/orders", "\"\"", ORDER), "idempotency_key_missing");
        assertThat(server.effects()).hasSize((int) before);
    }

    @Test
    void quotedAndBareAreTheSameKey() throws Exception {
        Answer first = server.post("/orders", "8e03978e", ORDER);

        assertThat(server.post("/orders", "\"8e03978e\"", ORDER).text()).isEqualTo(first.text());
        assertThat(server.post("/orders", "\"8e03978e\"; v=1", ORDER).text()).isEqualTo(first.text());
        assertThat(server.post("/orders", "8E03978E", ORDER).text()).isNotEqualTo(first.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"unclosed", "\"closed\" and more", "\"a\", \"b\"", "\"ends in a backslash\\", "\"a\\b\""})
    void malformedQuotingIsRefused(String key, CapturedOutput output) throws Exception {
        assertProblem(server.post("/orders", key, ORDER), "idempotency_key_invalid");
        assertThat(output.getAll()).doesNotContain(key);
    }

    @Test
    void twoHeadersAreRefused() throws Exception {
        assertProblem(server.post("/orders", "a", ORDER, "Idempotency-Key", "b"), "idempotency_key_invalid");
        assertProblem(server.post("/orders", "a", ORDER, "Idempotency-Key", "a"), "idempotency_key_invalid");
    }

    @Test
    void upTo255CharactersAreAKey() throws Exception {
        assertThat(server.post("/orders", "k".repeat(255), ORDER).status()).isEqualTo(200);
        assertThat(server.post("/orders", "\"" + "q".repeat(255) + "\"", ORDER).status())
                .isEqualTo(200);
        assertProblem(server.post("/orders", "k".repeat(256), ORDER), "idempotency_key_invalid");
    }

    /** Neither the client is told more than its mistake, nor the log what the client sent. */
    private static void assertProblem(Answer answer, String code) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .contains("\"code\":\"" + code + "\"", "\"status\":400")
                .doesNotContain("io.plimsoll", "Exception", "kkk", "unclosed");
        assertThat(answer.header("Idempotency-Replayed")).isEmpty();
    }
}
