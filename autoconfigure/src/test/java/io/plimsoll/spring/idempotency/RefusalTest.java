package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.spring.idempotency.IdempotentTest.Elsewhere;
import io.plimsoll.spring.idempotency.Server.Answer;
import io.plimsoll.spring.idempotency.TestDatabase.Pool;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Requests that are not let through: problems with a code, and nothing of the inside. */
@ExtendWith(OutputCaptureExtension.class)
class RefusalTest {

    private static final String ORDER = "{\"item\":\"tea\"}";

    @ParameterizedTest
    @EnumSource
    void whileARequestIsProcessedItsRepetitionIsToldToComeAgain(TestDatabase database, CapturedOutput output)
            throws Exception {
        try (Server server = new Server(database, Shop.class, Shop.Door.class, CatchAll.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Shop.Door door = server.get(Shop.Door.class);
            door.open = new CountDownLatch(1);
            Future<Answer> first = elsewhere.run(() -> server.post("/orders", "secret-key", ORDER));
            assertThat(door.entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

            Answer repetition = server.post("/orders", "secret-key", ORDER);
            Answer other = server.post("/orders", "secret-key", "{\"item\":\"milk\"}");

            assertProblem(repetition, 409, "idempotency_in_flight");
            assertThat(repetition.header("Retry-After")).isEqualTo("1");
            assertProblem(other, 409, "idempotency_key_reused");
            assertThat(other.header("Retry-After")).isEmpty();
            door.open.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(server.post("/orders", "secret-key", ORDER).replayed()).isTrue();
            assertThat(server.effects()).hasSize(1);
            assertThat(output.getAll()).doesNotContain("secret-key");
        }
    }

    @Test
    void theStatusOfAReusedKeyCanBe422() throws Exception {
        try (Server server = new Server(
                TestDatabase.H2.open(2),
                Map.of("plimsoll.idempotency.key-reused-status", "422"),
                Shop.class,
                Shop.Door.class)) {
            server.post("/orders", "a", ORDER);

            assertProblem(server.post("/orders", "a", "{}"), 422, "idempotency_key_reused");
        }
    }

    @Test
    void withoutAConnectionNothingRuns(CapturedOutput output) throws Exception {
        Pool pool = TestDatabase.POSTGRESQL.open(1);
        pool.dataSource().setConnectionTimeout(300);
        try (Server server = new Server(pool, Map.of(), Shop.class, Shop.Door.class)) {
            try (Connection held = pool.dataSource().getConnection()) {
                assertThat(held.isValid(1)).isTrue();
                assertProblem(server.post("/orders", "secret-key", ORDER), 503, "idempotency_store_unavailable");
            }

            assertThat(server.effects()).isEmpty();
            assertThat(server.post("/orders", "secret-key", ORDER).status()).isEqualTo(200);
            assertThat(server.effects()).hasSize(1);
            assertThat(output.getAll()).doesNotContain("secret-key");
        }
    }

    /** An application starts without its database, and refuses until it is there. */
    @Test
    void withoutADatabaseTheApplicationStartsAndRefuses(CapturedOutput output) throws Exception {
        HikariConfig nowhere = new HikariConfig();
        nowhere.setJdbcUrl("jdbc:postgresql://localhost:1/nowhere");
        nowhere.setInitializationFailTimeout(-1);
        nowhere.setConnectionTimeout(300);
        try (Server server =
                new Server(new Pool(new HikariDataSource(nowhere)), Map.of(), Shop.class, Shop.Door.class)) {
            assertThat(output.getAll()).contains("The store of the idempotency records does not answer");

            Answer answer = server.post("/orders", "secret-key", ORDER);

            assertProblem(answer, 503, "idempotency_store_unavailable");
            assertThat(answer.text()).doesNotContain("nowhere", "postgresql", "Hikari");
            assertThat(server.get(Shop.Door.class).entered.availablePermits()).isZero();
        }
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status)
                .doesNotContain("io.plimsoll", "Exception", "secret-key", "tea", "milk");
    }

    /** An application's own answer to everything does not come before Plimsoll's. */
    @RestControllerAdvice
    static class CatchAll {

        @ExceptionHandler(Exception.class)
        String any() {
            return "the application's catch-all";
        }
    }
}
