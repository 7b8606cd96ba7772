package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.timeout.TimeoutExceededException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

class JdbcBudgetTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final Timed timed = new Timed();
    private final Pool pool = new Pool(4);

    @AfterEach
    void stop() {
        assertThat(pool.active()).as("connections not given back").isZero();
        pool.close();
        timed.close();
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
    }

    @Test
    void aStatementIsCancelledAndItsConnectionLivesOn() throws SQLException {
        try (Connection connection = pool.dataSource().getConnection()) {
            long before = backend(connection);

            assertThatThrownBy(() -> timed.call(SHORT, () -> sleep(connection, 60)))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> {
                        assertThat(e.activity()).isEqualTo("a JDBC statement");
                        assertThat(e.elapsed()).isLessThan(Duration.ofSeconds(30));
                    })
                    .hasCauseInstanceOf(SQLException.class);

            assertThat(backend(connection)).isEqualTo(before);
        }
    }

    @Test
    void aWaitForALockIsCancelled() throws Exception {
        pool.execute("create table stock (id int primary key, pieces int)");
        pool.execute("insert into stock values (1, 10)");
        try (Connection holder = pool.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "update stock set pieces = 9 where id = 1");

            assertThatThrownBy(() -> timed.call(SHORT, () -> pool.execute("update stock set pieces = 8 where id = 1")))
                    .isInstanceOf(TimeoutExceededException.class);

            holder.commit();
        }
        assertThat(pool.number("select pieces from stock")).isEqualTo(9);
    }

    @Test
    void aWaitForAPooledConnectionCounts() throws SQLException {
        Pool small = new Pool(1);
        try (small;
                Connection only = small.dataSource().getConnection()) {
            assertThatThrownBy(() -> timed.call(SHORT, () -> small.number("select 1")))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.activity())
                            .isEqualTo("the wait for a JDBC connection"));
            assertThat(backend(only)).isPositive();
        }
    }

    @Test
    void rowsThatAreFetchedInPortionsAreCancelledToo() throws SQLException {
        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    try (Connection connection = pool.dataSource().getConnection()) {
                        connection.setAutoCommit(false);
                        try (Statement statement = connection.createStatement()) {
                            statement.setFetchSize(1);
                            ResultSet rows = statement.executeQuery(
                                    "select pg_sleep(case when n < 3 then 0 else 60 end) from generate_series(1, 9) n");
                            while (rows.next()) {
                                assertThat(rows.getStatement()).isSameAs(statement);
                            }
                        }
                        return null;
                    }
                }))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.activity())
                        .isEqualTo("a JDBC statement"));
    }

    /** All rows are here; changing one asks the server again. */
    @Test
    void aRowThatIsChangedInPlaceIsCancelledToo() throws SQLException {
        pool.execute("create table stock (id int primary key, pieces int)");
        pool.execute("insert into stock values (1, 10)");
        try (Connection holder = pool.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "update stock set pieces = 9 where id = 1");

            assertThatThrownBy(() -> timed.call(SHORT, () -> {
                        try (Connection connection = pool.dataSource().getConnection();
                                Statement statement = connection.createStatement(
                                        ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                                ResultSet rows = statement.executeQuery("select id, pieces from stock")) {
                            rows.next();
                            rows.updateInt("pieces", 8);
                            rows.updateRow();
                            return null;
                        }
                    }))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.activity())
                            .isEqualTo("a JDBC statement"));

            holder.rollback();
        }
    }

    @Test
    void anOpenTransactionIsRolledBackAndASpentBudgetExecutesNothing() throws SQLException {
        pool.execute("create table orders (id int)");
        AtomicBoolean executed = new AtomicBoolean();

        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    try (Connection connection = pool.dataSource().getConnection()) {
                        connection.setAutoCommit(false);
                        execute(connection, "insert into orders values (1)");
                        Timed.burn(SHORT.multipliedBy(2));
                        try {
                            execute(connection, "insert into orders values (2)");
                            executed.set(true);
                        } catch (TimeoutExceededException e) {
                            // As promised.
                        }
                        connection.commit();
                        return null;
                    }
                }))
                .isInstanceOf(TimeoutExceededException.class);

        assertThat(executed).isFalse();
        assertThat(pool.number("select count(*) from orders")).isZero();
    }

    /** A backend that is stopped answers no cancel: the connection is aborted, and the call comes back. */
    @Test
    void aCancelThatDoesNotTakeIsFollowedByAnAbort() throws Exception {
        long backend;
        try (Connection connection = pool.dataSource().getConnection()) {
            backend = backend(connection);
            assumeThat(ProcessHandle.of(backend))
                    .as("the server runs on this machine")
                    .isPresent();
            CountDownLatch asleep = new CountDownLatch(1);
            CompletableFuture<Void> stopper = CompletableFuture.runAsync(() -> {
                awaitSleeping(backend);
                signal("STOP", backend);
                asleep.countDown();
            });
            try {
                assertThatThrownBy(() -> timed.call(Duration.ofSeconds(2), () -> sleep(connection, 60)))
                        .isInstanceOf(TimeoutExceededException.class);
                stopper.join();
            } finally {
                signal("CONT", backend);
            }
        }
        assertThat(pool.number("select 1")).isEqualTo(1);
        assertThat(pool.number("select pg_backend_pid()")).isNotEqualTo(backend);
    }

    /** Proof 3 of the protocol. */
    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void timeoutsByTheHundredLeaveTheWholePoolHealthy(Threads threads) throws Exception {
        int callers = 4;
        int rounds = Integer.getInteger("plimsoll.test.cancels", 200) / callers;

        List<Integer> cut = threads.run(callers, () -> {
            int count = 0;
            for (int i = 0; i < rounds; i++) {
                try {
                    timed.call(Duration.ofMillis(20), () -> pool.execute("select pg_sleep(60)"));
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

    @Test
    void theBeanKeepsItsClassAndItsConnectionUnwraps() throws SQLException {
        assertThat(pool.dataSource()).isInstanceOf(HikariDataSource.class);
        assertThat(pool.dataSource().unwrap(HikariDataSource.class)).isNotNull();
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            assertThat(connection.unwrap(PGConnection.class)).isNotNull();
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(connection).isEqualTo(connection).hasSameHashCodeAs(connection);
        }
    }

    @Test
    void aDataSourceBehindAnotherIsWrappedOnce() throws Exception {
        DataSource twice = (DataSource)
                new BudgetDataSourcePostProcessor().postProcessAfterInitialization(pool.dataSource(), "outer");

        try (Connection connection = twice.getConnection()) {
            assertThat(java.lang.reflect.Proxy.isProxyClass(
                            connection.unwrap(PGConnection.class).getClass()))
                    .isFalse();
            assertThat(timed.call(LONG, () -> backend(connection))).isPositive();
        }
    }

    @Test
    void itsOwnErrorsComeThroughAsTheyAre() {
        assertThatThrownBy(() -> timed.call(LONG, () -> pool.execute("select from nowhere")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("nowhere");
    }

    private static Object sleep(Connection connection, int seconds) throws SQLException {
        return execute(connection, "select pg_sleep(" + seconds + ")");
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static long backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void awaitSleeping(long backend) {
        await().until(() ->
                pool.number("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and pid = " + backend)
                        == 1);
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
