package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.timeout.CommitOutcomeUnknownException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** A commit is left alone, but not for ever: on a backend that is stopped while it commits. */
class CommitTimeoutTest {

    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final Duration COMMIT = Duration.ofMillis(500);

    private final Timed timed = new Timed(Timed.GRACE, COMMIT);
    private final Pool pool = new Pool(2);
    private final JdbcTemplate jdbc = new JdbcTemplate(pool.dataSource());
    private final TransactionTemplate transaction =
            new TransactionTemplate((JdbcTransactionManager) new CommitGatePostProcessor()
                    .postProcessAfterInitialization(new JdbcTransactionManager(pool.dataSource()), "manager"));

    @BeforeEach
    void createTable() throws SQLException {
        pool.execute("create table orders (id int)");
    }

    @AfterEach
    void stop() {
        await().untilAsserted(() ->
                assertThat(pool.active()).as("connections not given back").isZero());
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
        pool.close();
        timed.close();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aCommitThatHangsIsBrokenOffAndItsOutcomeIsCalledUnknown(Threads threads) throws Exception {
        threads.run(1, () -> {
            try (StoppedBackend stopped = new StoppedBackend()) {
                assertThatThrownBy(() -> timed.call(BUDGET, () -> insertAndStop(stopped)))
                        .isInstanceOfSatisfying(CommitOutcomeUnknownException.class, e -> {
                            assertThat(e.commitTimeout()).isEqualTo(COMMIT);
                            assertThat(e.budget()).isEqualTo(BUDGET);
                            assertThat(e.elapsed()).isBetween(COMMIT, BUDGET);
                            assertThat(e.method()).isEqualTo("Test.20000");
                        })
                        .hasMessageContaining("unknown");
            }
            // The server had received the COMMIT: only looking tells.
            await().untilAsserted(() ->
                    assertThat(pool.number("select count(*) from orders")).isEqualTo(1));
            return null;
        });
        assertThat(timed.reports())
                .hasOnlyElementsOfType(CommitOutcomeUnknownException.class)
                .hasSize(1);
    }

    /** As {@code @Idempotent} does, which looks into its record. */
    @Test
    void whoLooksWhatBecameOfTheCommitMayStillAnswer() throws Exception {
        try (StoppedBackend stopped = new StoppedBackend()) {
            Object answer = timed.call(BUDGET, () -> {
                try {
                    return insertAndStop(stopped);
                } catch (DataAccessException | TransactionException e) {
                    stopped.goOn();
                    await().until(() -> pool.number("select count(*) from orders") == 1);
                    return "it has committed";
                }
            });

            assertThat(answer).isEqualTo("it has committed");
        }
        assertThat(timed.reports()).isEmpty();
    }

    /** Whoever is around it: none of them may call it a plain timeout, after which a retry is safe. */
    @Test
    void itStaysUnknownUnderACallersBudgetAndIsReportedOnce() throws Exception {
        try (StoppedBackend stopped = new StoppedBackend()) {
            assertThatThrownBy(() -> timed.call(BUDGET, () -> {
                        try {
                            return timed.call(BUDGET.minusSeconds(1), () -> insertAndStop(stopped));
                        } finally {
                            stopped.goOn();
                            pool.number("select count(*) from orders");
                        }
                    }))
                    .isInstanceOfSatisfying(CommitOutcomeUnknownException.class, e -> assertThat(e.method())
                            .isEqualTo("Test.19000"));
        }
        assertThat(timed.reports()).hasSize(1);
    }

    @Test
    void aCallersDeadlineAfterItDoesNotMakeItATimeout() throws Exception {
        Duration callers = COMMIT.multipliedBy(4);
        try (StoppedBackend stopped = new StoppedBackend()) {
            assertThatThrownBy(() -> timed.callUninterrupted(callers, () -> {
                        try {
                            return timed.call(callers.minusMillis(100), () -> insertAndStop(stopped));
                        } catch (CommitOutcomeUnknownException e) {
                            Timed.burn(callers);
                            throw new IllegalStateException("the order was not placed", e);
                        }
                    }))
                    .isInstanceOf(CommitOutcomeUnknownException.class);
        }
    }

    @Test
    void whoSwallowsItAndReturnsTooLateIsToldSo() throws Exception {
        Duration callers = COMMIT.multipliedBy(3);
        try (StoppedBackend stopped = new StoppedBackend()) {
            assertThatThrownBy(() -> timed.callUninterrupted(callers, () -> {
                        try {
                            insertAndStop(stopped);
                        } catch (DataAccessException | TransactionException e) {
                            Timed.burn(callers);
                        }
                        return "as if nothing had happened";
                    }))
                    .isInstanceOf(CommitOutcomeUnknownException.class);
        }
    }

    /** It was told, and knew what to do; what fails afterwards is something else. */
    @Test
    void aCallerWhoHasHandledItMayFailInItsOwnWords() throws Exception {
        try (StoppedBackend stopped = new StoppedBackend()) {
            assertThatThrownBy(() -> timed.call(BUDGET, () -> {
                        assertThatThrownBy(() -> timed.call(BUDGET.minusSeconds(1), () -> insertAndStop(stopped)))
                                .isInstanceOf(CommitOutcomeUnknownException.class);
                        throw new IllegalArgumentException("item 7 has no price");
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("item 7 has no price");
        }
        assertThat(timed.reports()).hasSize(1);
    }

    @Test
    void aFailureThatHidesTheCommitsDoesNotHideThatItsOutcomeIsUnknown() throws Exception {
        try (StoppedBackend stopped = new StoppedBackend()) {
            Callable<Object> work = () -> {
                try {
                    return insertAndStop(stopped);
                } catch (DataAccessException | TransactionException e) {
                    throw new IllegalStateException("the order was not placed");
                }
            };

            assertThatThrownBy(() -> timed.call(BUDGET, work))
                    .isInstanceOf(CommitOutcomeUnknownException.class)
                    .hasRootCauseMessage("the order was not placed");
        }
    }

    @Test
    void commitsThatEndInTimeLeaveTheConnectionAlone() throws Exception {
        List<Long> backends = timed.call(BUDGET, () -> {
            transaction.executeWithoutResult(status -> jdbc.update("insert into orders values (1)"));
            return jdbc.queryForList("select count(distinct pg_backend_pid()) from orders", Long.class);
        });

        assertThat(backends).containsExactly(1L);
        assertThat(pool.number("select count(*) from orders")).isEqualTo(1);
    }

    private Object insertAndStop(StoppedBackend stopped) {
        return transaction.execute(status -> {
            jdbc.update("insert into orders values (1)");
            stopped.stop(jdbc.queryForObject("select pg_backend_pid()", Long.class));
            return "done";
        });
    }

    /** A server process that answers nothing between its stop and its close. */
    private static final class StoppedBackend implements AutoCloseable {

        private long pid;

        void stop(long backend) {
            assumeThat(ProcessHandle.of(backend))
                    .as("the server runs on this machine")
                    .isPresent();
            pid = backend;
            signal("STOP");
        }

        void goOn() {
            signal("CONT");
        }

        @Override
        public void close() {
            goOn();
        }

        private void signal(String name) {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
