package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.CallFailedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionTemplate;

/** Failures and how transactions end: what commits is recorded, what rolls back may be repeated. */
class CommittedFailureTest {

    @ParameterizedTest
    @EnumSource
    void aCheckedExceptionCommitsAndIsNotRepeated(TestDatabase database) {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> {
                throw new IOException("half done");
            });

            assertThatThrownBy(() -> desk.transactional("a"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("half done");

            assertThat(app.effects()).containsExactly("a");
            assertThatThrownBy(() -> desk.transactional("a")).isInstanceOfSatisfying(CallFailedException.class, e -> {
                assertThat(e.code()).isEqualTo("idempotency_call_failed");
                assertThat(e).hasMessageContaining("java.io.IOException").hasMessageNotContaining("half done");
            });
            assertThat(desk.runs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRollbackForCommitsAndIsNotRepeated(TestDatabase database) {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> {
                throw new IllegalStateException("forgiven");
            });

            assertThatThrownBy(() -> desk.forgiving("a")).hasMessage("forgiven");

            assertThat(app.effects()).containsExactly("a");
            assertThatThrownBy(() -> desk.forgiving("a")).isInstanceOf(CallFailedException.class);
            assertThat(desk.runs()).isEqualTo(1);
        }
    }

    /** Without Plimsoll nobody would have opened a transaction around the handler, and nobody would have thrown. */
    @ParameterizedTest
    @EnumSource
    void aServicesFailureThatTheMethodCaughtGivesTheMethodsOwnAnswerUnrecorded(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class, Desk.Neighbour.class)) {
            Desk desk = app.get(Desk.class);
            Desk.Neighbour neighbour = app.get(Desk.Neighbour.class);
            desk.does(() -> assertThatThrownBy(neighbour::fail).isInstanceOf(IllegalArgumentException.class));

            assertThat(desk.plain("a")).isEqualTo("a in run 1");

            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();
            assertThat(desk.plain("a")).isEqualTo("a in run 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void inATransactionOfItsOwnTheMethodFailsAsItDidBefore(TestDatabase database) {
        try (App app = new App(database, Desk.class, Desk.Neighbour.class)) {
            Desk desk = app.get(Desk.class);
            Desk.Neighbour neighbour = app.get(Desk.Neighbour.class);
            desk.does(() -> assertThatThrownBy(neighbour::fail).isInstanceOf(IllegalArgumentException.class));

            assertThatThrownBy(() -> desk.transactional("a")).isInstanceOf(UnexpectedRollbackException.class);

            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void setRollbackOnlyGivesTheAnswerUnrecorded(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> TransactionAspectSupport.currentTransactionStatus().setRollbackOnly());

            assertThat(desk.transactional("a")).isEqualTo("a in run 1");

            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();
            desk.does(() -> {});
            assertThat(desk.transactional("a")).isEqualTo("a in run 2");
            assertThat(desk.transactional("a")).isEqualTo("a in run 2");
        }
    }

    /** After a failed statement PostgreSQL takes no other, not even Plimsoll's: the answer comes back all the same. */
    @ParameterizedTest
    @EnumSource
    void setRollbackOnlyAfterAFailedStatementGivesTheAnswerUnrecorded(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> {
                failInTheDatabase(app);
                TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            });

            assertThat(desk.transactional("a")).isEqualTo("a in run 1");

            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionTemplateInsideJoins(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class, Desk.Neighbour.class)) {
            Desk desk = app.get(Desk.class);
            Desk.Neighbour neighbour = app.get(Desk.Neighbour.class);
            TransactionTemplate template = new TransactionTemplate(app.get(PlatformTransactionManager.class));
            desk.does(() -> {
                template.executeWithoutResult(status -> neighbour.join());
                throw new IllegalStateException("too late");
            });
            assertThatThrownBy(() -> desk.plain("a")).hasMessage("too late");
            assertThat(app.effects()).isEmpty();

            desk.does(() -> template.executeWithoutResult(status -> neighbour.join()));
            desk.plain("a");
            desk.plain("a");

            assertThat(app.effects()).containsExactlyInAnyOrder("a", "joined");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionTemplateAroundIsTheTransaction(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            TransactionTemplate apart = new TransactionTemplate(app.get(PlatformTransactionManager.class));
            apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            desk.does(() -> {
                throw new IllegalStateException("too late");
            });
            assertThatThrownBy(() -> apart.execute(status -> App.unchecked(() -> desk.plain("a"))))
                    .hasMessage("too late");
            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();

            desk.does(() -> {});
            String answer = apart.execute(status -> App.unchecked(() -> desk.plain("a")));
            assertThat(answer).isEqualTo("a in run 2");
            assertThat(desk.plain("a")).isEqualTo("a in run 2");
        }
    }

    @Test
    void aConstraintThatFailsAtCommitTakesTheRecordAlong() throws Exception {
        try (App app = new App(TestDatabase.POSTGRESQL, Desk.class)) {
            Desk desk = app.get(Desk.class);
            app.jdbc().execute("ALTER TABLE effects ADD CONSTRAINT once UNIQUE (name) DEFERRABLE INITIALLY DEFERRED");
            desk.does(() -> app.jdbc().update("INSERT INTO effects (name) VALUES ('a')"));

            assertThatThrownBy(() -> desk.plain("a")).isInstanceOf(DataIntegrityViolationException.class);
            assertThatThrownBy(() -> desk.transactional("a")).isInstanceOf(DataIntegrityViolationException.class);

            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();
            desk.does(() -> {});
            assertThat(desk.plain("a")).isEqualTo("a in run 3");
        }
    }

    /** 25P02: the database takes back what the method believes to have done. It must not look done. */
    @Test
    void aFailedStatementThatTheMethodSwallowsIsNoSilentSuccessOnPostgres() throws Exception {
        try (App app = new App(TestDatabase.POSTGRESQL, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> failInTheDatabase(app));

            assertThatThrownBy(() -> desk.plain("a"))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("current transaction is aborted");
            assertThatThrownBy(() -> desk.transactional("a"))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("current transaction is aborted");

            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();
            desk.does(() -> {});
            assertThat(desk.plain("a")).isEqualTo("a in run 3");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "H2"})
    void elsewhereAFailedStatementIsTheMethodsOwnMatter(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> failInTheDatabase(app));

            assertThat(desk.plain("a")).isEqualTo("a in run 1");

            assertThat(desk.plain("a")).isEqualTo("a in run 1");
            assertThat(app.effects()).containsExactly("a");
        }
    }

    private static void failInTheDatabase(App app) {
        assertThatThrownBy(() -> app.jdbc().update("INSERT INTO effects (name) VALUES (NULL)"))
                .isInstanceOf(DataAccessException.class);
    }
}
