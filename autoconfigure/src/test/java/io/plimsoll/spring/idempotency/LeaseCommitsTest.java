package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.IdempotentCalls;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.Recovered;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What has been committed under a lease, or may have been. */
class LeaseCommitsTest {

    private static final String COMMITS = "SELECT commits FROM plimsoll_idempotency";

    /** A person looks at the number of commits, who is called when nobody knows. */
    @ParameterizedTest
    @EnumSource
    void whatWasCommittedIsRememberedThroughRecoveriesThatDoNotKnow(TestDatabase database) throws Exception {
        try (App app = new App(database, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                work.writeInTransaction("paid");
                throw new IllegalStateException("after the commit");
            };
            assertThatThrownBy(() -> work.recoverably("a")).hasMessage("after the commit");

            assertThatThrownBy(() -> work.recoverably("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThat(app.jdbc().queryForList(COMMITS, Integer.class)).containsExactly(1);
            script.recovered = Recovered.notExecuted();
            script.work = () -> {
                throw new IllegalStateException("not this time either");
            };
            assertThatThrownBy(() -> work.recoverably("a")).hasMessage("not this time either");
            assertThat(app.jdbc().queryForList(COMMITS, Integer.class)).containsExactly(1);
            script.work = () -> "done";
            assertThat(work.recoverably("a")).isEqualTo("done");
        }
    }

    @Test
    void anOperationThatCannotBeAskedRemembersItAsWell() throws Exception {
        try (App app = new App(TestDatabase.POSTGRESQL, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            IdempotentCalls.Operation<String> operation = app.get(IdempotentCalls.class)
                    .named("payment", String.class)
                    .mode(Mode.LEASE)
                    .build();
            assertThatThrownBy(() -> operation.call("a", null, () -> {
                        work.writeInTransaction("paid");
                        throw new IllegalStateException("after the commit");
                    }))
                    .hasMessage("after the commit");

            assertThatThrownBy(() -> operation.call("a", null, () -> "again"))
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(app.jdbc().queryForList(COMMITS, Integer.class)).containsExactly(1);
        }
    }

    /** Both calls are fenced by each of their transactions, not the inner one alone. */
    @ParameterizedTest
    @EnumSource
    void aTransactionCarriesTheMarksOfAllCallsThatItIsIn(TestDatabase database) throws Exception {
        try (App app = new App(database, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                script.work = () -> {
                    work.writeInTransaction("paid");
                    return "inner";
                };
                return work.once("inner") + " in outer";
            };

            assertThat(work.once("outer")).isEqualTo("inner in outer");

            assertThat(app.jdbc().queryForList(COMMITS, Integer.class)).containsExactly(1, 1);
        }
    }

    /** The inner commit has touched the record that the outer one must touch: the database says no, and why is told. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void aMarkThatMeetsOneOfItsOwnCallIsAConflictAndNoLostClaim(TestDatabase database) throws Exception {
        try (App app = new App(database, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            TransactionTemplate outer = new TransactionTemplate(app.get(PlatformTransactionManager.class));
            outer.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
            TransactionTemplate inner = new TransactionTemplate(app.get(PlatformTransactionManager.class));
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            app.get(LeasedWork.Script.class).work = () -> outer.execute(status -> {
                app.jdbc().queryForList("SELECT name FROM effects");
                inner.executeWithoutResult(independent -> work.write("audit"));
                work.write("order");
                return "done";
            });

            assertThatThrownBy(() -> work.once("a"))
                    .isInstanceOf(ConcurrencyFailureException.class)
                    .hasMessageContaining("REQUIRES_NEW");
            assertThat(app.effects()).containsExactly("audit");
        }
    }

    /** The claim is in the application's database or in Redis, the work in another one, which has no mark. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "REDIS"})
    void aCommitInAnotherDatabaseWhoseAnswerIsLostIsNotMadeAgain(LeaseStore store) throws Exception {
        try (App app = store.open(TwoDatabases.class, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            Bank bank = app.get(Bank.class);
            app.get(LeasedWork.Script.class).work = () -> {
                bank.charge("a");
                return "charged";
            };
            bank.losing = true;
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(DataAccessException.class);
            bank.losing = false;

            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThat(bank.charges()).containsExactly("a");
        }
    }

    @Test
    void aCommitInAnotherDatabaseThatWasRefusedFreesTheKey() throws Exception {
        try (App app =
                new App(TestDatabase.POSTGRESQL, TwoDatabases.class, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            Bank bank = app.get(Bank.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                bank.charge("longer than the bank allows");
                return "charged";
            };
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(DataAccessException.class);
            script.work = () -> {
                bank.charge("a");
                return "charged";
            };

            assertThat(work.once("a")).isEqualTo("charged");
            assertThat(bank.charges()).containsExactly("a");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {

        @Bean
        Bank bank() {
            return new Bank();
        }

        @Bean(defaultCandidate = false)
        JdbcTransactionManager bankTransactions(Bank bank) {
            return bank.transactions;
        }

        @Bean
        @Primary
        JdbcTransactionManager transactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    /** A database of its own, whose answer to a commit can be lost. */
    static class Bank {

        private final JdbcTransactionManager transactions;
        private final JdbcTemplate jdbc;
        private volatile boolean losing;
        private volatile boolean refusing;

        Bank() {
            DataSource dataSource =
                    new DelegatingDataSource(new DriverManagerDataSource(
                            "jdbc:h2:mem:bank" + System.nanoTime() + ";DB_CLOSE_DELAY=-1", "sa", "")) {
                        @Override
                        public Connection getConnection() throws SQLException {
                            return unreliable(super.getConnection());
                        }
                    };
            transactions = new JdbcTransactionManager(dataSource);
            jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("CREATE TABLE charges (name VARCHAR(10))");
        }

        private Connection unreliable(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        try {
                            if (method.getName().equals("commit") && refusing) {
                                throw new SQLIntegrityConstraintViolationException("a deferred constraint", "23000");
                            }
                            if (method.getName().equals("rollback") && connection.isClosed()) {
                                throw new SQLNonTransientConnectionException("gone", "08003");
                            }
                            Object result = method.invoke(connection, arguments);
                            if (method.getName().equals("commit") && losing) {
                                connection.close();
                                throw new SQLNonTransientConnectionException("lost while it committed", "08006");
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    });
        }

        void charge(String name) {
            new TransactionTemplate(transactions)
                    .executeWithoutResult(status -> jdbc.update("INSERT INTO charges (name) VALUES (?)", name));
        }

        List<String> charges() {
            return jdbc.queryForList("SELECT name FROM charges", String.class);
        }
    }

    /** What the retry inside is told is an answer, but not to what was asked first. */
    @Test
    void aLostCommitIsRememberedWhateverComesAfterIt() throws Exception {
        try (App app = LeaseStore.POSTGRESQL.open(TwoDatabases.class, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            Bank bank = app.get(Bank.class);
            app.get(LeasedWork.Script.class).work = () -> {
                bank.losing = true;
                assertThatThrownBy(() -> bank.charge("a")).isInstanceOf(DataAccessException.class);
                bank.losing = false;
                bank.charge("longer than the bank allows");
                return "charged";
            };
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(DataAccessException.class);

            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThat(bank.charges()).containsExactly("a");
        }
    }

    /** It was rolled back for certain, although it was about to commit; what the method says then has no cause. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "REDIS"})
    void aCommitThatWasRefusedAndSwallowedFreesTheKey(LeaseStore store) throws Exception {
        try (App app = store.open(TwoDatabases.class, LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            Bank bank = app.get(Bank.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                bank.refusing = true;
                assertThatThrownBy(() -> bank.charge("a")).isInstanceOf(DataAccessException.class);
                bank.refusing = false;
                throw new IllegalStateException("not charged");
            };
            assertThatThrownBy(() -> work.once("a")).hasMessage("not charged");
            script.work = () -> "free";

            assertThat(work.once("a")).isEqualTo("free");
        }
    }
}
