package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.OutcomeUnknownException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Proof 6 of the protocol, for leases: every transaction that may write is marked, whatever its manager and isolation. */
class LeasePropagationTest {

    /** Whose transactions they are. */
    enum Manager {
        JDBC,
        JPA
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(Manager.values()).flatMap(manager -> Stream.of(
                                TransactionDefinition.ISOLATION_READ_COMMITTED,
                                TransactionDefinition.ISOLATION_REPEATABLE_READ,
                                TransactionDefinition.ISOLATION_SERIALIZABLE)
                        .map(isolation -> Arguments.of(database, manager, isolation))));
    }

    private static App open(TestDatabase database, Manager manager) {
        return manager == Manager.JPA
                ? new App(database, LeasedWork.class, LeasedWork.Script.class, LedgerApp.Jpa.class)
                : new App(database, LeasedWork.class, LeasedWork.Script.class);
    }

    private static TransactionTemplate transaction(App app, Consumer<DefaultTransactionDefinition> how) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        how.accept(definition);
        return new TransactionTemplate(app.get(PlatformTransactionManager.class), definition);
    }

    private static Integer commits(App app) {
        return app.jdbc().queryForObject("SELECT COALESCE(MAX(commits), 0) FROM plimsoll_idempotency", Integer.class);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aTransactionThatMayWriteCommitsOnlyUnderTheClaim(TestDatabase database, Manager manager, int isolation)
            throws Exception {
        try (App app = open(database, manager)) {
            LeasedWork work = app.get(LeasedWork.class);
            TransactionTemplate template = transaction(app, how -> how.setIsolationLevel(isolation));
            app.get(LeasedWork.Script.class).work = () -> {
                template.executeWithoutResult(status -> work.write("held"));
                return "done";
            };
            assertThat(work.once("a")).isEqualTo("done");
            assertThat(commits(app)).isEqualTo(1);

            app.get(LeasedWork.Script.class).work = () -> {
                template.executeWithoutResult(status -> {
                    work.write("lost");
                    elsewhere(() -> app.jdbc()
                            .update("UPDATE plimsoll_idempotency SET owner = NULL, lease_until = NULL"
                                    + " WHERE outcome IS NULL"));
                });
                return "not reached";
            };
            assertThatThrownBy(() -> work.once("b")).isInstanceOf(OutcomeUnknownException.class);
            assertThat(app.effects()).containsExactly("held");
        }
    }

    /** As another call does that finds the lease over: on another connection, and committed at once. */
    private static void elsewhere(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> managers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(Manager.values()).map(manager -> Arguments.of(database, manager)));
    }

    @ParameterizedTest
    @MethodSource("managers")
    void whatOnlyReadsIsNotMarkedAndWhatIsApartIsMarkedForItself(TestDatabase database, Manager manager)
            throws Exception {
        try (App app = open(database, manager)) {
            LeasedWork work = app.get(LeasedWork.class);
            JdbcTemplate jdbc = app.jdbc();
            app.get(LeasedWork.Script.class).work = () -> {
                transaction(app, how -> how.setReadOnly(true))
                        .executeWithoutResult(status -> jdbc.queryForList("SELECT name FROM effects"));
                return "read";
            };
            work.once("a");
            assertThat(commits(app)).isZero();

            app.get(LeasedWork.Script.class).work = () -> {
                transaction(app, how -> {}).executeWithoutResult(status -> {
                    work.write("outer");
                    transaction(app, how -> how.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW))
                            .executeWithoutResult(inner -> work.write("inner"));
                    transaction(app, how -> {}).executeWithoutResult(joined -> work.write("joined"));
                });
                return "written";
            };
            work.once("b");
            assertThat(commits(app)).isEqualTo(2);
            assertThat(app.effects()).containsExactlyInAnyOrder("outer", "inner", "joined");

            app.get(LeasedWork.Script.class).work = () -> {
                transaction(app, how -> {}).executeWithoutResult(status -> {
                    work.write("rolled back");
                    status.setRollbackOnly();
                });
                throw new IllegalStateException("nothing has committed");
            };
            assertThatThrownBy(() -> work.once("c")).hasMessage("nothing has committed");
            app.get(LeasedWork.Script.class).work = () -> "the key is free";
            assertThat(work.once("c")).isEqualTo("the key is free");
        }
    }
}
