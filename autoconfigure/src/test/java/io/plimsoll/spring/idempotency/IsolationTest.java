package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.spring.idempotency.IdempotentTest.Elsewhere;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** One effect and one answer at each isolation level, on each database. */
class IsolationTest {

    static Stream<Arguments> everywhere() {
        return Stream.of(TestDatabase.values()).flatMap(database -> Stream.of(
                        Isolation.READ_COMMITTED, Isolation.REPEATABLE_READ, Isolation.SERIALIZABLE)
                .map(isolation -> Arguments.of(database, isolation)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRepetitionIsAReplayAndAnotherPayloadIsRefused(TestDatabase database, Isolation isolation) {
        try (App app = new App(database, Levels.class, Snapshots.class)) {
            Levels levels = app.get(Levels.class);

            String first = place(levels, isolation, "a", 1);

            assertThat(place(levels, isolation, "a", 1)).isEqualTo(first);
            assertThatThrownBy(() -> place(levels, isolation, "a", 2)).isInstanceOf(KeyReusedException.class);
            assertThat(app.effects()).containsExactly("a");
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void manyAtOnceGetTheAnswerOfOne(TestDatabase database, Isolation isolation) throws Exception {
        try (App app = new App(database, Levels.class, Snapshots.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Levels levels = app.get(Levels.class);
            for (int round = 0; round < 5; round++) {
                String key = "round " + round;
                List<Future<String>> calls = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    calls.add(elsewhere.run(() -> place(levels, isolation, key, 1)));
                }

                Set<String> answers = new HashSet<>();
                for (Future<String> call : calls) {
                    answers.add(call.get(20, TimeUnit.SECONDS));
                }
                assertThat(answers).hasSize(1);
            }
            assertThat(app.effects()).hasSize(5);
            assertThat(levels.runs()).isEqualTo(5);
        }
    }

    /**
     * The transaction has its snapshot, then another call with the key commits. Its record is there and cannot be seen:
     * PostgreSQL fails the claim (40001). Nothing has run, so the claim begins again in a new transaction.
     */
    @ParameterizedTest
    @MethodSource("everywhere")
    void aClaimThatCannotBeSerializedBeginsAgain(TestDatabase database, Isolation isolation) {
        try (App app = new App(database, Levels.class, Snapshots.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Levels levels = app.get(Levels.class);
            Snapshots snapshots = app.get(Snapshots.class);
            AtomicReference<@Nullable String> ofTheOther = new AtomicReference<>();
            app.jdbc().execute("CREATE TABLE bystanders (name VARCHAR(20))");
            snapshots.afterTheNext(() -> {
                Future<String> other = elsewhere.run(() -> place(levels, isolation, "a", 1));
                ofTheOther.set(other.get(20, TimeUnit.SECONDS));
                return null;
            });

            String answer = place(levels, isolation, "a", 1);

            assertThat(answer).isNotNull().isEqualTo(ofTheOther.get());
            assertThat(app.effects()).containsExactly("a");
            assertThat(levels.runs()).isEqualTo(1);
        }
    }

    private static String place(Levels levels, Isolation isolation, String id, int quantity) {
        return switch (isolation) {
            case READ_COMMITTED -> levels.readCommitted(id, quantity);
            case REPEATABLE_READ -> levels.repeatableRead(id, quantity);
            case SERIALIZABLE -> levels.serializable(id, quantity);
            default -> throw new AssertionError(isolation);
        };
    }

    static class Levels {

        private final JdbcTemplate jdbc;
        private final AtomicInteger runs = new AtomicInteger();

        Levels(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        int runs() {
            return runs.get();
        }

        @Transactional(isolation = Isolation.READ_COMMITTED)
        @Idempotent(key = "#id", onDuplicate = OnDuplicate.WAIT, maxWait = "10s")
        public String readCommitted(String id, int quantity) {
            return work(id);
        }

        @Transactional(isolation = Isolation.REPEATABLE_READ)
        @Idempotent(key = "#id", onDuplicate = OnDuplicate.WAIT, maxWait = "10s")
        public String repeatableRead(String id, int quantity) {
            return work(id);
        }

        @Transactional(isolation = Isolation.SERIALIZABLE)
        @Idempotent(key = "#id", onDuplicate = OnDuplicate.WAIT, maxWait = "10s")
        public String serializable(String id, int quantity) {
            return work(id);
        }

        private String work(String id) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", id);
            return id + " in run " + runs.incrementAndGet();
        }
    }

    /** Takes the snapshot of a transaction at its begin, and lets something happen right after one. */
    static class Snapshots implements TransactionExecutionListener {

        private final JdbcTemplate jdbc;
        private final AtomicReference<@Nullable Callable<?>> next = new AtomicReference<>();

        Snapshots(@Lazy JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        void afterTheNext(Callable<?> work) {
            next.set(work);
        }

        @Override
        public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
            Callable<?> work = next.getAndSet(null);
            if (work != null) {
                jdbc.queryForList("SELECT name FROM bystanders");
                App.unchecked(work);
            }
        }
    }
}
