package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/** {@code recordFailures} in TRANSACTIONAL mode; that of LEASE is in {@link LeaseTest}. */
class RecordedFailureTest {

    /** Its constructor takes the message. */
    static class SoldOut extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SoldOut(String message) {
            super(message);
        }
    }

    /** Its constructor makes the message. */
    static class SoldOutItem extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SoldOutItem(String item) {
            super("No more " + item);
        }
    }

    /** Nobody has declared it. */
    static class MoreThanSoldOut extends SoldOut {

        private static final long serialVersionUID = 1L;

        MoreThanSoldOut() {
            super("more");
        }
    }

    static class Till {

        private final JdbcTemplate jdbc;
        private final AtomicInteger runs = new AtomicInteger();

        Till(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent(key = "#key", recordFailures = SoldOut.class)
        public int buy(String key, boolean more) {
            return fail(key, more);
        }

        @Transactional
        @Idempotent(key = "#key", recordFailures = SoldOut.class)
        public int buyInTransaction(String key, boolean more) {
            return fail(key, more);
        }

        @Transactional(noRollbackFor = SoldOut.class)
        @Idempotent(key = "#key", recordFailures = SoldOut.class)
        public int buyAndCommit(String key, boolean more) {
            return fail(key, more);
        }

        private int fail(String key, boolean more) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", key);
            int run = runs.incrementAndGet();
            throw more ? new MoreThanSoldOut() : new SoldOut("run " + run);
        }

        public int runs() {
            return runs.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFailureIsGivenAgainAndTheWorkIsRolledBack(TestDatabase database) {
        try (App app = new App(database, Till.class)) {
            Till till = app.get(Till.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> till.buy("a", false))
                        .isInstanceOf(SoldOut.class)
                        .hasMessage("run 1");
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> till.buyInTransaction("b", false))
                        .isInstanceOf(SoldOut.class)
                        .hasMessage("run 2");
            }
            assertThat(app.effects()).isEmpty();
            assertThat(till.runs()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatCommitsIsGivenAgainAsItWas(TestDatabase database) {
        try (App app = new App(database, Till.class)) {
            Till till = app.get(Till.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> till.buyAndCommit("a", false))
                        .isInstanceOf(SoldOut.class)
                        .hasMessage("run 1");
            }
            assertThat(app.effects()).containsExactly("a");
        }
    }

    @Test
    void whatNobodyHasDeclaredFreesTheKey() {
        try (App app = new App(TestDatabase.H2, Till.class)) {
            Till till = app.get(Till.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> till.buy("a", true)).isInstanceOf(MoreThanSoldOut.class);
            }
            assertThat(till.runs()).isEqualTo(3);
            assertThat(app.records()).isZero();
        }
    }

    @Test
    void aClassThatMakesItsMessageIsRefusedAtStartUp() {
        assertThatThrownBy(() ->
                        RecordedFailures.of("Till.buy", new Class<?>[] {SoldOutItem.class}, new ProblemFailureShape()))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("recordFailures of @Idempotent on Till.buy names " + SoldOutItem.class.getName());
    }

    @Test
    void aProblemIsGivenAgainWithAllItsMembers() {
        JsonMapper mapper = JsonMapper.builder()
                .addMixIn(ProblemDetail.class, org.springframework.http.converter.json.ProblemDetailJacksonMixin.class)
                .build();
        RecordedFailures failures = RecordedFailures.of(
                "Till.buy", new Class<?>[] {ErrorResponseException.class}, new ProblemFailureShape());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "sold out");
        problem.setProperty("code", "sold_out");
        ErrorResponseException thrown = new ErrorResponseException(HttpStatus.CONFLICT, problem, null);

        Throwable again = failures.read(ErrorResponseException.class.getName(), failures.write(thrown, mapper), mapper);

        assertThat(again).isInstanceOfSatisfying(ErrorResponseException.class, each -> {
            assertThat(each.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
            assertThat(each.getBody()).isEqualTo(problem);
        });
    }

    /** They ask for the call to be made again. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void someProblemsAreNoAnswers(int status) {
        RecordedFailures failures = RecordedFailures.of(
                "Till.buy", new Class<?>[] {ErrorResponseException.class}, new ProblemFailureShape());

        assertThat(failures.write(new ErrorResponseException(HttpStatusCode.valueOf(status)), new JsonMapper()))
                .isNull();
    }

    /** An application's own handler may know it by its class. */
    static class Gone extends ErrorResponseException {

        private static final long serialVersionUID = 1L;

        Gone() {
            super(HttpStatus.GONE);
        }
    }

    @Test
    void aProblemOfAnotherClassThanTheOneThatIsDeclaredIsNone() {
        RecordedFailures failures = RecordedFailures.of(
                "Till.buy", new Class<?>[] {ErrorResponseException.class}, new ProblemFailureShape());

        assertThat(failures.write(new Gone(), new JsonMapper())).isNull();
    }
}
