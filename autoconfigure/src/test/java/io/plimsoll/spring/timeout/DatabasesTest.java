package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.timeout.TimeoutExceededException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Proofs 2 and 3 of the protocol, on every database and sort of thread. */
class DatabasesTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    private final Timed timed = new Timed();

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.TimedDatabase#onThreads")
    void aSlowStatementIsCancelledAndNamedAndItsConnectionIsUsedAgain(TimedDatabase database, Threads threads)
            throws Exception {
        try (Pool pool = database.open(1)) {
            threads.run(1, () -> {
                assertThatThrownBy(() -> timed.call(SHORT, () -> pool.execute(database.slowQuery())))
                        .isInstanceOfSatisfying(TimeoutExceededException.class, e -> {
                            assertThat(e.kind()).isEqualTo("jdbc");
                            assertThat(e.activity()).isEqualTo("a JDBC statement");
                            assertThat(e.elapsed()).isLessThan(Duration.ofSeconds(20));
                        });
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(pool.number("select 1")).isEqualTo(1);
                return null;
            });
            assertThat(pool.active()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.TimedDatabase#onThreads")
    void whatWasInsertedBeforeTheDeadlineIsNotCommittedAfterIt(TimedDatabase database, Threads threads)
            throws Exception {
        try (Pool pool = database.open(2)) {
            pool.execute("create table orders (id int)");
            JdbcTemplate jdbc = new JdbcTemplate(pool.dataSource());
            TransactionTemplate transaction =
                    new TransactionTemplate((JdbcTransactionManager) new CommitGatePostProcessor()
                            .postProcessAfterInitialization(new JdbcTransactionManager(pool.dataSource()), "manager"));
            threads.run(1, () -> {
                assertThatThrownBy(() -> timed.callUninterrupted(
                                SHORT,
                                () -> transaction.execute(status -> {
                                    jdbc.update("insert into orders values (1)");
                                    Timed.burn(SHORT.multipliedBy(2));
                                    return null;
                                })))
                        .isInstanceOf(TimeoutExceededException.class);
                return null;
            });

            assertThat(pool.number("select count(*) from orders")).isZero();
        }
    }

    /** As a {@code finally} does that means to give the connection back as it was. */
    @ParameterizedTest
    @EnumSource
    void whatWasRefusedIsNotCommittedBySwitchingAutoCommitOn(TimedDatabase database) throws Exception {
        try (Pool pool = database.open(2)) {
            pool.execute("create table orders (id int)");
            for (boolean explicit : List.of(true, false)) {
                assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                            try (Connection connection = pool.dataSource().getConnection()) {
                                connection.setAutoCommit(false);
                                try {
                                    connection.createStatement().execute("insert into orders values (1)");
                                    Timed.burn(SHORT.multipliedBy(2));
                                    if (explicit) {
                                        connection.commit();
                                    }
                                } finally {
                                    connection.setAutoCommit(true);
                                }
                            }
                            return null;
                        }))
                        .isInstanceOf(TimeoutExceededException.class);
                assertThat(pool.number("select count(*) from orders")).isZero();
            }
            try (Connection connection = pool.dataSource().getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.TimedDatabase#onThreads")
    void timeoutsByTheDozenLeaveTheWholePoolHealthy(TimedDatabase database, Threads threads) throws Exception {
        int callers = 4;
        int rounds = Integer.getInteger("plimsoll.test.cancels", 60) / callers;
        try (Pool pool = database.open(callers)) {
            List<Integer> cut = threads.run(callers, () -> {
                int count = 0;
                for (int i = 0; i < rounds; i++) {
                    try {
                        timed.call(Duration.ofMillis(20), () -> pool.execute(database.slowQuery()));
                    } catch (TimeoutExceededException e) {
                        count++;
                    }
                    assertThat(pool.number("select 1")).isEqualTo(1);
                }
                return count;
            });

            assertThat(cut).containsOnly(rounds);
            await().untilAsserted(() -> assertThat(pool.active()).isZero());
        }
    }
}
