package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.spring.idempotency.Server.Answer;
import io.plimsoll.timeout.Timeout;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Answers that say "come again" are given and not kept: 401, 403, 429 and 5xx. */
class ComeAgainTest {

    private static @Nullable Server shared;

    @BeforeAll
    static void start() {
        shared = new Server(TestDatabase.POSTGRESQL, Handlers.class, Gateway.class, Till.class);
    }

    @AfterAll
    static void stop() {
        if (shared != null) {
            shared.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/entity,401",
        "/entity,403",
        "/entity,429",
        "/entity,500",
        "/entity,503",
        "/problem,503",
        "/by-hand,429",
        "/by-hand,503",
        "/transactional,429",
        "/transactional,503"
    })
    void theyRollBackAndTheCallCanBeRepeated(String path, int status) throws Exception {
        Server server = Objects.requireNonNull(shared);
        String key = path + " " + status;

        Answer first = server.post(path, key, "", "X-Status", String.valueOf(status));
        assertThat(first.status()).isEqualTo(status);
        assertThat(server.effects(key)).isZero();

        Answer second = server.post(path, key, "", "X-Status", "200");
        Answer third = server.post(path, key, "", "X-Status", "200");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.replayed()).isFalse();
        assertThat(third.replayed()).isTrue();
        assertThat(server.effects(key)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"/entity,400", "/entity,404", "/entity,409", "/entity,422", "/by-hand,402"})
    void otherRefusalsAreAnswersLikeAnyOther(String path, int status) throws Exception {
        Server server = Objects.requireNonNull(shared);
        String key = path + " " + status;

        server.post(path, key, "", "X-Status", String.valueOf(status));
        Answer second = server.post(path, key, "", "X-Status", "200");

        assertThat(second.status()).isEqualTo(status);
        assertThat(second.replayed()).isTrue();
        assertThat(server.effects(key)).isEqualTo(1);
    }

    /** The caller's transaction is not ours to roll back, whoever declared it. */
    @Test
    void inTheCallersTransactionTheyAreRecorded() {
        Server server = Objects.requireNonNull(shared);
        Till till = server.get(Till.class);

        assertThat(till.pay("of the caller", "of the gateway")).isEqualTo(503);

        assertThat(server.effects("of the caller")).isEqualTo(1);
        assertThat(server.effects("of the gateway")).isEqualTo(1);
        assertThat(till.pay("of the caller", "of the gateway")).isEqualTo(503);
        assertThat(server.effects("of the caller")).isEqualTo(2);
        assertThat(server.effects("of the gateway")).isEqualTo(1);
    }

    @RestController
    @Timeout("20s")
    static class Handlers {

        private final JdbcTemplate jdbc;

        Handlers(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent(mode = Mode.LEASE)
        @PostMapping("/leased")
        public ResponseEntity<String> leased(@RequestHeader("X-Status") int status) {
            return ResponseEntity.status(status).body("as the bank says");
        }

        private void effect(String key) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", key);
        }

        @Idempotent
        @PostMapping("/entity")
        public ResponseEntity<String> entity(
                @RequestHeader("Idempotency-Key") String key, @RequestHeader("X-Status") int status) {
            effect(key);
            return ResponseEntity.status(status).body("an answer");
        }

        @Idempotent
        @PostMapping("/problem")
        public ProblemDetail problem(
                @RequestHeader("Idempotency-Key") String key, @RequestHeader("X-Status") int status) {
            effect(key);
            return ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), "an answer");
        }

        @Idempotent
        @PostMapping("/by-hand")
        public String byHand(
                @RequestHeader("Idempotency-Key") String key,
                @RequestHeader("X-Status") int status,
                HttpServletResponse response) {
            effect(key);
            response.setStatus(status);
            return "an answer";
        }

        @Idempotent
        @Transactional
        @PostMapping("/transactional")
        public ResponseEntity<String> transactional(
                @RequestHeader("Idempotency-Key") String key, @RequestHeader("X-Status") int status) {
            effect(key);
            return ResponseEntity.status(status).body("an answer");
        }
    }

    /** A service that answers in terms of HTTP. */
    static class Gateway {

        private final JdbcTemplate jdbc;

        Gateway(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent(key = "#key")
        public ResponseEntity<String> send(String key) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", key);
            return ResponseEntity.status(503).body("later");
        }
    }

    static class Till {

        private final JdbcTemplate jdbc;
        private final Gateway gateway;

        Till(JdbcTemplate jdbc, Gateway gateway) {
            this.jdbc = jdbc;
            this.gateway = gateway;
        }

        @Transactional
        public int pay(String own, String key) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", own);
            return gateway.send(key).getStatusCode().value();
        }
    }

    /** Nobody knows what became of what somebody behind was asked for; in a transaction it does not matter. */
    @ParameterizedTest
    @CsvSource({"502,409", "504,409", "500,200", "503,200", "429,200"})
    void underALeaseAnAnswerThatNobodyBehindHasGivenIsUnknown(int status, int again) throws Exception {
        Server server = Objects.requireNonNull(shared);
        String key = "leased " + status;

        assertThat(server.post("/leased", key, "", "X-Status", String.valueOf(status))
                        .status())
                .isEqualTo(status);
        Answer second = server.post("/leased", key, "", "X-Status", "200");

        assertThat(second.status()).isEqualTo(again);
        assertThat(second.text().contains("idempotency_outcome_unknown")).isEqualTo(again == 409);
    }
}
