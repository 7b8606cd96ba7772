package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.CallFailedException;
import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.spring.idempotency.IdempotentTest.Elsewhere;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A call and the transactions around it, on each database. */
class PropagationTest {

    @ParameterizedTest
    @EnumSource
    void withoutATransactionOneIsOpenedAroundTheMethod(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);

            String first = desk.plain("a");

            assertThat(desk.plain("a")).isEqualTo(first);
            assertThat(app.effects()).containsExactly("a");
            assertThat(app.records()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCallJoinsTheCallersTransactionAndGoesDownWithIt(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);

            caller(app).executeWithoutResult(status -> {
                App.unchecked(() -> desk.plain("a"));
                App.unchecked(() -> desk.transactional("b"));
                status.setRollbackOnly();
            });
            assertThat(app.effects()).isEmpty();
            assertThat(app.records()).isZero();

            caller(app).executeWithoutResult(status -> {
                App.unchecked(() -> desk.plain("a"));
                App.unchecked(() -> desk.transactional("b"));
            });
            assertThat(app.effects()).containsExactlyInAnyOrder("a", "b");
            assertThat(desk.plain("a")).isEqualTo("a in run 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplayInTheCallersTransactionLeavesItFree(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.plain("a");
            desk.transactional("b");

            String answers = caller(app).execute(status -> {
                String replayed =
                        App.unchecked(() -> desk.plain("a")) + ", " + App.unchecked(() -> desk.transactional("b"));
                app.jdbc().update("INSERT INTO effects (name) VALUES ('of the caller')");
                assertThat(status.isRollbackOnly()).isFalse();
                return replayed;
            });

            assertThat(answers).isEqualTo("a in run 1, b in run 2");
            assertThat(app.effects()).containsExactlyInAnyOrder("a", "b", "of the caller");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRepetitionInTheSameTransactionIsAReplay(TestDatabase database) {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);

            caller(app).executeWithoutResult(status -> {
                assertThat(App.unchecked(() -> desk.plain("a"))).isEqualTo("a in run 1");
                assertThat(App.unchecked(() -> desk.plain("a"))).isEqualTo("a in run 1");
            });

            assertThat(app.effects()).containsExactly("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheCallersTransactionNobodyWaits(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class);
                Elsewhere elsewhere = new Elsewhere()) {
            Desk desk = app.get(Desk.class);
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            desk.does(() -> {
                entered.countDown();
                gate.await();
            });
            Future<String> holder = elsewhere.run(() -> desk.patient("a"));
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

            long start = System.nanoTime();
            caller(app).executeWithoutResult(status -> assertThatThrownBy(() -> desk.patient("a"))
                    .isInstanceOf(CallInFlightException.class));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            gate.countDown();
            assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("a in run 1");
            assertThat(app.effects()).containsExactly("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalOfAMethodWithoutATransactionOfItsOwnLeavesTheCallersFree(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class, Two.class)) {
            Two two = app.get(Two.class);
            two.place("a", 1);

            caller(app).executeWithoutResult(status -> {
                assertThatThrownBy(() -> two.place("a", 2)).isInstanceOf(KeyReusedException.class);
                app.jdbc().update("INSERT INTO effects (name) VALUES ('of the caller')");
            });

            assertThat(app.effects()).containsExactly("of the caller");
        }
    }

    @ParameterizedTest
    @EnumSource
    void requiresNewCommitsWhateverBecomesOfTheCaller(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);

            caller(app).executeWithoutResult(status -> {
                App.unchecked(() -> desk.apart("a"));
                status.setRollbackOnly();
            });

            assertThat(app.effects()).containsExactly("a");
            assertThat(desk.apart("a")).isEqualTo("a in run 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatTheCallerSurvivesIsRecordedWithTheCallersWork(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> {
                throw new IllegalStateException("too late");
            });

            caller(app).executeWithoutResult(status -> assertThatThrownBy(() -> desk.plain("a"))
                    .hasMessage("too late"));

            assertThat(app.effects()).containsExactly("a");
            desk.does(() -> {});
            assertThatThrownBy(() -> desk.plain("a")).isInstanceOf(CallFailedException.class);
            assertThat(app.effects()).containsExactly("a");
        }
    }

    /** The savepoint takes the claim back with the work; the caller commits what else it did. */
    @ParameterizedTest
    @EnumSource
    void aNestedCallThatFailsWasNeverThere(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.does(() -> {
                throw new IllegalStateException("too late");
            });

            caller(app).executeWithoutResult(status -> {
                assertThatThrownBy(() -> desk.nested("a")).hasMessage("too late");
                app.jdbc().update("INSERT INTO effects (name) VALUES ('of the caller')");
            });

            assertThat(app.effects()).containsExactly("of the caller");
            assertThat(app.records()).isZero();
            desk.does(() -> {});
            assertThat(desk.nested("a")).isEqualTo("a in run 2");
        }
    }

    /** What became of the first attempt must not be written over the outcome of the second. */
    @ParameterizedTest
    @EnumSource
    void aNestedCallThatFailsAndIsRepeatedAtOnceIsRecorded(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);

            caller(app).executeWithoutResult(status -> {
                desk.does(() -> {
                    throw new IllegalStateException("too late");
                });
                assertThatThrownBy(() -> desk.nested("a")).hasMessage("too late");
                desk.does(() -> {});
                App.unchecked(() -> desk.nested("a"));
            });

            assertThat(app.effects()).containsExactly("a");
            assertThat(desk.nested("a")).isEqualTo("a in run 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNestedCallThatReturnsIsRecorded(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);

            caller(app).executeWithoutResult(status -> App.unchecked(() -> desk.nested("a")));

            assertThat(desk.nested("a")).isEqualTo("a in run 1");
            assertThat(app.effects()).containsExactly("a");
        }
    }

    /** A savepoint in the method is not one around it: the claim stays, and so does what the method had done before. */
    @ParameterizedTest
    @EnumSource
    void aSavepointInsideOfTheMethodDoesNotTakeTheClaimBack(TestDatabase database) throws Exception {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            TransactionTemplate nested = template(app, TransactionDefinition.PROPAGATION_NESTED);
            desk.does(() -> {
                nested.executeWithoutResult(status -> {
                    app.jdbc().update("INSERT INTO effects (name) VALUES ('tried')");
                    status.setRollbackOnly();
                });
                throw new IOException("half done");
            });

            assertThatThrownBy(() -> desk.transactional("a")).hasMessage("half done");

            assertThat(app.effects()).containsExactly("a");
            assertThatThrownBy(() -> desk.transactional("a")).isInstanceOf(CallFailedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadOnlyTransactionIsRefusedBeforeAnythingRuns(TestDatabase database) {
        try (App app = new App(database, Desk.class)) {
            Desk desk = app.get(Desk.class);
            TransactionTemplate readOnly = caller(app);
            readOnly.setReadOnly(true);

            assertThatThrownBy(() -> desk.readOnly("a"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Desk.class.getName() + ".readOnly")
                    .hasMessageContaining("read-only transaction");
            readOnly.executeWithoutResult(status ->
                    assertThatThrownBy(() -> desk.plain("a")).hasMessageContaining(Desk.class.getName() + ".plain"));

            assertThat(desk.runs()).isEqualTo(0);
            assertThat(app.records()).isZero();
        }
    }

    private static TransactionTemplate caller(App app) {
        return template(app, TransactionDefinition.PROPAGATION_REQUIRED);
    }

    private static TransactionTemplate template(App app, int propagation) {
        TransactionTemplate template = new TransactionTemplate(app.get(PlatformTransactionManager.class));
        template.setPropagationBehavior(propagation);
        return template;
    }

    /** Its arguments are more than its key. */
    static class Two {

        @Idempotent(key = "#id")
        public int place(String id, int quantity) {
            return quantity;
        }
    }
}
