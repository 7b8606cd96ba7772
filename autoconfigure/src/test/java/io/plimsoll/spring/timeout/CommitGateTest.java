package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.spring.NoTransactions;
import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Proof 2 of the protocol: a commit is refused or left alone, never torn. */
class CommitGateTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    private final Timed timed = new Timed();
    private final Pool pool = new Pool(3);
    private final SlowCommits slowCommits = new SlowCommits(pool.dataSource());
    private final DataSource dataSource =
            (DataSource) new BudgetDataSourcePostProcessor().postProcessAfterInitialization(slowCommits, "slowCommits");
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(transactionManager());

    private final AtomicReference<Exception> commitFailure = new AtomicReference<>();

    private JdbcTransactionManager transactionManager() {
        return (JdbcTransactionManager) new CommitGatePostProcessor()
                .postProcessAfterInitialization(new JdbcTransactionManager(dataSource), "transactionManager");
    }

    @BeforeEach
    void createTable() throws SQLException {
        pool.execute("create table orders (id int)");
    }

    @AfterEach
    void stop() {
        assertThat(pool.active()).as("connections not given back").isZero();
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
        pool.close();
        timed.close();
    }

    @Test
    void afterTheDeadlineNothingCommits() throws SQLException {
        assertThatThrownBy(() -> timed.callUninterrupted(
                        SHORT,
                        () -> transaction.execute(status -> {
                            insert(1);
                            Timed.burn(SHORT.multipliedBy(2));
                            return "done";
                        })))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                        .isEqualTo("Test.500"));

        assertThat(orders()).isZero();
    }

    @Test
    void aCommitThatHasBegunIsLeftAloneAndItsAnswerIsASuccess() throws Exception {
        slowCommits.delay = SHORT.plus(Timed.GRACE.multipliedBy(2));

        String result = timed.call(
                SHORT,
                () -> transaction.execute(status -> {
                    insert(1);
                    return "done";
                }));

        assertThat(result).isEqualTo("done");
        assertThat(orders()).isEqualTo(1);
        assertThat(jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1);
    }

    @Test
    void whatComesAfterASlowCommitIsRefused() throws SQLException {
        slowCommits.delay = SHORT.multipliedBy(2);
        AtomicInteger callbacks = new AtomicInteger();

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    transaction.executeWithoutResult(status -> {
                        insert(1);
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                callbacks.incrementAndGet();
                            }
                        });
                    });
                    insert(2);
                    return null;
                }))
                .isInstanceOf(TimeoutExceededException.class);

        assertThat(callbacks).hasValue(1);
        assertThat(pool.number("select min(id) + max(id) from orders")).isEqualTo(2);
    }

    @Test
    void afterACommitInTimeTheBudgetGoesOn() throws SQLException {
        try (Timed patient = new Timed(Duration.ofMinutes(2))) {
            assertThatThrownBy(() -> patient.call(SHORT, () -> {
                        transaction.executeWithoutResult(status -> insert(1));
                        return Timed.forever();
                    }))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.elapsed())
                            .as("not put off by a grace period")
                            .isLessThan(Duration.ofMinutes(1)));
        }

        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void theBudgetOfAnyCallerHoldsTheGateShut() throws SQLException {
        assertThatThrownBy(() -> timed.callUninterrupted(
                        SHORT.multipliedBy(2),
                        () -> timed.callUninterrupted(
                                Duration.ofMinutes(1),
                                () -> transaction.execute(status -> {
                                    insert(1);
                                    Timed.burn(SHORT.multipliedBy(3));
                                    return null;
                                }))))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                        .isEqualTo("Test.1000"));

        assertThat(orders()).isZero();
    }

    @Test
    void anIndependentTransactionInsideCommitsAndTheOuterDoesNot() throws SQLException {
        TransactionTemplate independent = new TransactionTemplate(
                transaction.getTransactionManager(),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));

        assertThatThrownBy(() -> timed.callUninterrupted(
                        SHORT,
                        () -> transaction.execute(status -> {
                            insert(1);
                            independent.executeWithoutResult(inner -> insert(2));
                            Timed.burn(SHORT.multipliedBy(2));
                            return null;
                        })))
                .isInstanceOf(TimeoutExceededException.class);

        assertThat(pool.number("select sum(id) from orders")).isEqualTo(2);
    }

    /** PostgreSQL finds out at COMMIT. */
    @Test
    void aCommitThatFailsIsTheDatabasesErrorAndTheBudgetGoesOn() throws SQLException {
        pool.execute("alter table orders add constraint once unique (id) deferrable initially deferred");

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    try {
                        transaction.executeWithoutResult(status -> {
                            insert(1);
                            insert(1);
                        });
                    } catch (DataAccessException | TransactionException e) {
                        commitFailure.set(e);
                    }
                    return Timed.forever();
                }))
                .isInstanceOf(TimeoutExceededException.class)
                .hasCauseInstanceOf(InterruptedException.class);

        assertThat(commitFailure.get()).rootCause().hasMessageContaining("once");
        assertThat(orders()).isZero();
    }

    @Test
    void aSavepointIsNoCommit() throws SQLException {
        TransactionTemplate nested = new TransactionTemplate(
                transaction.getTransactionManager(),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));

        assertThatThrownBy(() -> timed.callUninterrupted(
                        SHORT,
                        () -> transaction.execute(status -> {
                            nested.executeWithoutResult(inner -> insert(1));
                            Timed.burn(SHORT.multipliedBy(2));
                            return null;
                        })))
                .isInstanceOf(TimeoutExceededException.class);

        assertThat(orders()).isZero();
    }

    @Test
    void aTransactionThatIsNotSpringsIsHeldTheSame() throws SQLException {
        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    try (Connection connection = dataSource.getConnection()) {
                        connection.setAutoCommit(false);
                        connection.createStatement().execute("insert into orders values (1)");
                        Timed.burn(SHORT.multipliedBy(2));
                        connection.commit();
                        return null;
                    }
                }))
                .isInstanceOf(TimeoutExceededException.class);

        assertThat(orders()).isZero();
    }

    /** JDBC: switching auto-commit on commits what is under way. */
    @Test
    void switchingAutoCommitOnIsACommitAndIsLeftAlone() throws Exception {
        slowCommits.method = "setAutoCommit";

        String result = timed.call(SHORT, () -> {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("insert into orders values (1)");
                slowCommits.delay = SHORT.plus(Timed.GRACE.multipliedBy(2));
                connection.setAutoCommit(true);
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(orders()).isEqualTo(1);
    }

    /** It is off already: that ends no transaction, and starts none. */
    @Test
    void switchingAutoCommitOffAgainDoesNotOpenTheGate() throws Exception {
        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    try (Connection connection = dataSource.getConnection()) {
                        connection.setAutoCommit(false);
                        connection.createStatement().execute("insert into orders values (1)");
                        connection.setAutoCommit(false);
                        connection.rollback(connection.setSavepoint());
                        Timed.burn(SHORT.multipliedBy(2));
                        connection.setAutoCommit(true);
                    }
                    return null;
                }))
                .isInstanceOf(TimeoutExceededException.class);

        assertThat(orders()).isZero();
    }

    /** Rolled back as a whole, there is nothing to be refused. */
    @Test
    void afterARollbackSwitchingItOnIsNoCommit() throws Exception {
        try (Timed patient = new Timed(Duration.ofMinutes(1))) {
            patient.callUninterrupted(Duration.ofMinutes(1), () -> {
                try (Connection connection = dataSource.getConnection()) {
                    connection.setAutoCommit(false);
                    connection.createStatement().execute("insert into orders values (1)");
                    connection.rollback();
                    slowCommits.method = "setAutoCommit";
                    connection.setAutoCommit(true);
                    assertThat(connection.getAutoCommit()).isTrue();
                }
                return null;
            });
        }
        assertThat(orders()).isZero();
    }

    /** Spring's, a transaction that has ended leaves nothing to be refused. */
    @Test
    void givingAConnectionBackIsNoCommit() throws Exception {
        slowCommits.delay = SHORT.multipliedBy(2);
        try (Timed patient = new Timed(Duration.ofMinutes(1))) {
            patient.call(SHORT, () -> {
                transaction.executeWithoutResult(status -> insert(1));
                return null;
            });
        }
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void theBudgetsOfAllCallersLeaveACommitAlone() throws Exception {
        slowCommits.delay = SHORT.plus(Timed.GRACE.multipliedBy(2));

        String result = timed.call(
                SHORT,
                () -> timed.call(
                        SHORT.minusMillis(50),
                        () -> transaction.execute(status -> {
                            insert(1);
                            return "done";
                        })));

        assertThat(result).isEqualTo("done");
        assertThat(orders()).isEqualTo(1);
        assertThat(timed.reports()).isEmpty();
    }

    /** With no watchdog to tell it. */
    @Test
    void theGateLooksAtTheClockItself() throws SQLException {
        timed.close();

        assertThatThrownBy(() -> timed.call(
                        SHORT,
                        () -> transaction.execute(status -> {
                            insert(1);
                            Timed.burn(SHORT.multipliedBy(2));
                            return null;
                        })))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(orders()).isZero();
    }

    @Test
    void aSpentBudgetBeginsNoTransaction() throws SQLException {
        AtomicBoolean begun = new AtomicBoolean();

        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    Timed.burn(SHORT.multipliedBy(2));
                    return transaction.execute(status -> {
                        begun.set(true);
                        return null;
                    });
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(begun).isFalse();
    }

    @Test
    void aFailureOfTheTransactionLeavesTheBudgetArmed() {
        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    assertThatThrownBy(() -> transaction.execute(status -> {
                                throw new IllegalStateException("rolled back");
                            }))
                            .hasMessage("rolled back");
                    assertThat(Deadline.current()).isPresent();
                    return Timed.forever();
                }))
                .isInstanceOf(TimeoutExceededException.class);
    }

    /** Whatever the resource is: with JDBC the watched connection says when the commit is done, others do not. */
    @Test
    void whatRunsAfterTheCommitOfAnyResourceIsCut() {
        TransactionTemplate unwatched = new TransactionTemplate((PlatformTransactionManager)
                new CommitGatePostProcessor().postProcessAfterInitialization(new NoTransactions(), "unwatched"));

        AtomicBoolean cut = new AtomicBoolean();

        assertThatThrownBy(() -> timed.call(
                        SHORT,
                        () -> unwatched.execute(status -> {
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void afterCommit() {
                                    try {
                                        Timed.forever();
                                    } catch (InterruptedException e) {
                                        cut.set(true);
                                    }
                                }
                            });
                            return null;
                        })))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(cut).isTrue();
    }

    private void insert(int id) {
        jdbc.update("insert into orders values (?)", id);
    }

    private long orders() throws SQLException {
        return pool.number("select count(*) from orders");
    }

    /** Hands out connections whose commit, or another method, takes its time, on the client's side of the wire. */
    private static final class SlowCommits extends DelegatingDataSource {

        private volatile Duration delay = Duration.ZERO;
        private volatile String method = "commit";

        SlowCommits(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, args) -> {
                        if (called.getName().equals(method)) {
                            Timed.burn(delay);
                        }
                        try {
                            return called.invoke(connection, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
