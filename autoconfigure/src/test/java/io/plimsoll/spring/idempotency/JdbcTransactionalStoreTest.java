package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.idempotency.TestDatabase.Pool;
import io.plimsoll.spring.jdbc.StoreDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What every store promises, on each database. */
class JdbcTransactionalStoreTest {

    private static final Duration TTL = Duration.ofHours(1);

    private static final RecordId ID = id("key");
    private static final Fingerprint SAME = fingerprint("payload");
    private static final Fingerprint OTHER = fingerprint("another payload");

    @ParameterizedTest
    @EnumSource
    void theFirstClaimIsGrantedAndTheOutcomeIsFound(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            store.inTransaction(() -> {
                assertThat(store.claim()).isEqualTo(Claim.GRANTED);
                store.record("answer");
                return null;
            });

            Claim found = store.inTransaction(() -> store.store.claim(ID, OTHER, TTL));

            assertThat(found).isInstanceOfSatisfying(Claim.Recorded.class, recorded -> {
                assertThat(recorded.outcome()).asString(StandardCharsets.UTF_8).isEqualTo("answer");
                assertThat(SAME.differsFrom(recorded.fingerprint())).isFalse();
                assertThat(OTHER.differsFrom(recorded.fingerprint())).isTrue();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClaimThatRollsBackWasNeverThere(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            store.transactions.execute(status -> {
                assertThat(store.claim()).isEqualTo(Claim.GRANTED);
                status.setRollbackOnly();
                return null;
            });

            assertThat(store.pool.count("plimsoll_idempotency")).isZero();
            assertThat(store.inTransaction(store::claim)).isEqualTo(Claim.GRANTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileOneHoldsTheKeyAnotherIsToldAtOnce(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            store.inTransaction(() -> {
                assertThat(store.claim()).isEqualTo(Claim.GRANTED);
                assertThat(store.elsewhere(() -> store.inTransaction(store::claim)))
                        .isEqualTo(Claim.IN_FLIGHT);
                assertThat(store.elsewhere(
                                () -> store.inTransaction(() -> store.store.claim(id("another"), SAME, TTL))))
                        .isEqualTo(Claim.GRANTED);
                store.record("answer");
                return null;
            });

            assertThat(store.inTransaction(store::claim)).isInstanceOf(Claim.Recorded.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePayloadOfARunningCallIsTold(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            assertThat(store.store.isRunningWithOther(ID, OTHER)).isFalse();
            store.inTransaction(() -> {
                store.claim();
                assertThat(store.elsewhere(() -> store.store.isRunningWithOther(ID, OTHER)))
                        .isTrue();
                assertThat(store.elsewhere(() -> store.store.isRunningWithOther(ID, SAME)))
                        .isFalse();
                assertThat(store.elsewhere(() -> store.store.isRunningWithOther(id("another"), OTHER)))
                        .isFalse();
                store.record("answer");
                return null;
            });
            assertThat(store.store.isRunningWithOther(ID, OTHER)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyReplaysAtOnceDoNotHinderEachOther(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            store.inTransaction(() -> {
                store.claim();
                store.record("answer");
                return null;
            });

            store.inTransaction(() -> {
                assertThat(store.claim()).isInstanceOf(Claim.Recorded.class);
                assertThat(store.elsewhere(() -> store.inTransaction(store::claim)))
                        .isInstanceOf(Claim.Recorded.class);
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWhoseTimeIsOverFreesItsKeyToOne(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            store.expired("old answer");

            store.inTransaction(() -> {
                assertThat(store.store.claim(ID, OTHER, TTL)).isEqualTo(Claim.GRANTED);
                assertThat(store.elsewhere(() -> store.inTransaction(store::claim)))
                        .isEqualTo(Claim.IN_FLIGHT);
                assertThat(store.elsewhere(() -> store.store.isRunningWithOther(ID, SAME)))
                        .isTrue();
                assertThat(store.elsewhere(() -> store.store.deleteExpired(10))).isZero();
                store.record("new answer");
                return null;
            });

            assertThat(store.inTransaction(store::claim)).isInstanceOfSatisfying(Claim.Recorded.class, recorded -> {
                assertThat(recorded.outcome()).asString(StandardCharsets.UTF_8).isEqualTo("new answer");
                assertThat(OTHER.differsFrom(recorded.fingerprint())).isFalse();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void cleaningDeletesWhatIsOverAndNothingElse(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            for (int i = 0; i < 5; i++) {
                RecordId id = id("old " + i);
                store.inTransaction(() -> store.store.claim(id, SAME, Duration.ofNanos(1000)));
            }
            store.inTransaction(() -> store.claim());

            assertThat(store.store.deleteExpired(3)).isEqualTo(3);
            assertThat(store.store.deleteExpired(3)).isEqualTo(2);
            assertThat(store.store.deleteExpired(3)).isZero();
            assertThat(store.pool.count("plimsoll_idempotency")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatBecameOfACallIsKnownOnceItsTransactionHasEnded(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            assertThat(store.store.resolve(ID)).isEqualTo(Claim.GRANTED);
            store.inTransaction(() -> {
                store.claim();
                store.record("answer");
                assertThat(store.elsewhere(() -> store.store.resolve(ID))).isEqualTo(Claim.IN_FLIGHT);
                return null;
            });
            assertThat(store.store.resolve(ID)).isInstanceOf(Claim.Recorded.class);
        }
    }

    /** A call that took an old record over and came to nothing has left nothing: the old answer is not its own. */
    @ParameterizedTest
    @EnumSource
    void aRecordWhoseTimeIsOverDoesNotAnswerForACallThatTookItOver(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            store.expired("old answer");
            store.inTransaction(() -> {
                assertThat(store.claim()).isEqualTo(Claim.GRANTED);
                store.record("answer");
                assertThat(store.elsewhere(() -> store.store.resolve(ID))).isEqualTo(Claim.IN_FLIGHT);
                return null;
            });
        }
        try (Fixture store = new Fixture(database)) {
            store.expired("old answer");
            assertThat(store.store.resolve(ID)).isEqualTo(Claim.GRANTED);
            assertThat(store.pool.count("plimsoll_idempotency")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClaimThatASnapshotHidesIsNeverGranted(TestDatabase database) {
        for (int isolation :
                new int[] {TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE
                }) {
            try (Fixture store = new Fixture(database)) {
                store.transactions.setIsolationLevel(isolation);
                Supplier<Claim> late = () -> store.inTransaction(() -> {
                    store.pool.count("effects"); // The snapshot is taken here.
                    store.elsewhere(() -> store.inTransaction(() -> {
                        store.claim();
                        store.record("answer");
                        return null;
                    }));
                    return store.claim();
                });
                if (database == TestDatabase.POSTGRESQL
                        || (database == TestDatabase.H2 && isolation == TransactionDefinition.ISOLATION_SERIALIZABLE)) {
                    assertThatThrownBy(late::get).isInstanceOf(ConcurrencyFailureException.class);
                } else {
                    assertThat(late.get()).isNotEqualTo(Claim.GRANTED);
                }
            }
        }
    }

    /** The default from 11.6.2 on: MariaDB then refuses what the snapshot hides with an error of its own, 1020. */
    @Test
    void aSnapshotOfMariaDbThatIsStrictRestartsTheClaim() {
        try (Fixture store = new Fixture(TestDatabase.MARIADB)) {
            store.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            assertThatThrownBy(() -> store.inTransaction(() -> {
                        store.pool.jdbc().execute("SET SESSION innodb_snapshot_isolation = ON");
                        store.pool.count("effects");
                        store.elsewhere(() -> store.inTransaction(() -> {
                            store.claim();
                            store.record("answer");
                            return null;
                        }));
                        return store.claim();
                    }))
                    .isInstanceOf(ConcurrencyFailureException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingTableIsFound(TestDatabase database) {
        try (Fixture store = new Fixture(database)) {
            store.store.verify();
            store.pool.jdbc().execute("DROP TABLE plimsoll_idempotency");
            assertThatThrownBy(store.store::verify).isInstanceOf(BadSqlGrammarException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsGoBackAsTheyCame(TestDatabase database) throws Exception {
        try (Fixture store = new Fixture(database)) {
            int before;
            try (Connection connection = store.pool.dataSource().getConnection()) {
                before = connection.getTransactionIsolation();
            }
            store.store.isRunningWithOther(ID, SAME);
            store.store.resolve(ID);
            store.store.deleteExpired(1);
            assertThat(store.pool.dataSource().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
            try (Connection connection = store.pool.dataSource().getConnection()) {
                assertThat(connection.getTransactionIsolation()).isEqualTo(before);
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    private static RecordId id(String text) {
        return new RecordId(new StableDigest().add(text).sum());
    }

    private static Fingerprint fingerprint(String text) {
        return Fingerprint.of(new StableDigest().add(text).sum());
    }

    private static final class Fixture implements AutoCloseable {

        final Pool pool;
        final TransactionalStore store;
        final TransactionTemplate transactions;

        Fixture(TestDatabase database) {
            pool = database.open(4);
            JdbcTransactionManager manager = new JdbcTransactionManager(pool.dataSource());
            DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
            beans.registerSingleton("dataSource", pool.dataSource());
            beans.registerSingleton("transactionManager", manager);
            store = new JdbcTransactionalStore(
                    StoreDataSource.of(beans, "The test"), new StoreObservation(ObservationRegistry.NOOP));
            transactions = new TransactionTemplate(manager);
        }

        Claim claim() {
            return store.claim(ID, SAME, TTL);
        }

        void record(String outcome) {
            store.record(ID, outcome.getBytes(StandardCharsets.UTF_8), () -> {});
        }

        /** A record that was left so long ago that its time is over. */
        void expired(String outcome) {
            inTransaction(() -> {
                store.claim(ID, SAME, Duration.ofNanos(1000));
                record(outcome);
                return null;
            });
        }

        <T> T inTransaction(Supplier<T> work) {
            return transactions.execute(status -> work.get());
        }

        /** On another thread, hence in no transaction and on another connection. */
        <T> T elsewhere(Supplier<T> work) {
            return CompletableFuture.supplyAsync(work)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
