package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.LeaseClaim;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.test.IdempotencyStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Proof 1 of the protocol, for the databases: the contract of all stores, and what only this one promises. */
class JdbcIdempotencyStoreTest {

    @Nested
    class Postgres extends OnADatabase {

        Postgres() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class MariaDb extends OnADatabase {

        MariaDb() {
            super(TestDatabase.MARIADB);
        }
    }

    @Nested
    class H2 extends OnADatabase {

        H2() {
            super(TestDatabase.H2);
        }
    }

    abstract static class OnADatabase extends IdempotencyStoreContract {

        private static final Duration LONG = Duration.ofMinutes(5);
        private static final int REPEATABLE_READ = Connection.TRANSACTION_REPEATABLE_READ;

        private static TestDatabase.Pool pool;
        private static JdbcIdempotencyStore store;
        private static TransactionTemplate transactions;

        private final TestDatabase database;
        private final RecordId id = new RecordId(random());
        private final Owner owner = Owner.random();

        OnADatabase(TestDatabase database) {
            this.database = database;
        }

        private static byte[] random() {
            byte[] bytes = new byte[32];
            ThreadLocalRandom.current().nextBytes(bytes);
            return bytes;
        }

        @BeforeAll
        static void none() {
            pool = null;
        }

        @AfterAll
        static void close() {
            if (pool != null) {
                pool.close();
            }
        }

        @Override
        protected IdempotencyStore store() {
            if (pool == null) {
                pool = database.open(20);
                DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
                JdbcTransactionManager manager = new JdbcTransactionManager(pool.dataSource());
                beans.registerSingleton("dataSource", pool.dataSource());
                beans.registerSingleton("transactionManager", manager);
                store = new JdbcIdempotencyStore(StoreDataSource.of(beans, "The test"), id -> {});
                transactions = new TransactionTemplate(manager);
            }
            return store;
        }

        private void hold(Duration lease) {
            assertThat(store().claim(id, Fingerprint.of(id.bytes()), owner, lease, LONG))
                    .isInstanceOf(LeaseClaim.Granted.class);
        }

        private LeaseClaim ask() {
            return store().claim(id, Fingerprint.of(id.bytes()), Owner.random(), LONG, LONG);
        }

        @Test
        void aTransactionThatHoldsTheClaimIsMarkedAndOneThatDoesNotIsNot() {
            hold(LONG);

            boolean held = transactions.execute(status -> store.mark(id, owner));
            boolean other = transactions.execute(status -> store.mark(id, Owner.random()));

            assertThat(held).isTrue();
            assertThat(other).isFalse();
        }

        @Test
        void aMarkedClaimCannotBeGivenBackAnyMore() {
            hold(LONG);
            transactions.execute(status -> store.mark(id, owner));

            assertThat(store.release(id, owner)).isFalse();
            assertThat(store.abandon(id, owner)).isTrue();
        }

        @Test
        void aMarkThatWasRolledBackIsNone() {
            hold(LONG);
            transactions.executeWithoutResult(status -> {
                store.mark(id, owner);
                status.setRollbackOnly();
            });

            assertThat(store.release(id, owner)).isTrue();
        }

        /** Its holder is about to commit: whoever asks meanwhile neither waits nor takes the claim away. */
        @Test
        void aSilentHolderAtItsCommitIsARunningOne() {
            hold(Duration.ofMillis(1));

            transactions.executeWithoutResult(status -> {
                assertThat(store.mark(id, owner)).isTrue();
                for (int i = 0; i < 3; i++) {
                    assertThat(elsewhere(this::ask)).isInstanceOf(LeaseClaim.Running.class);
                }
            });

            await().untilAsserted(() -> assertThat(ask()).isInstanceOf(LeaseClaim.Unknown.class));
        }

        /** Under REPEATABLE READ, MariaDB's default, a row that was updated since the snapshot cannot be. */
        @Test
        void aRenewalIsNoConflictForATransactionThatCommitsUnderTheClaim() {
            hold(LONG);
            TransactionTemplate repeatable = new TransactionTemplate(transactions.getTransactionManager());
            repeatable.setIsolationLevel(REPEATABLE_READ);

            boolean marked = repeatable.execute(status -> {
                pool.count("effects");
                assertThat(elsewhere(() -> store.extend(id, owner, LONG))).isTrue();
                assertThat(elsewhere(() -> store.extend(id, owner, LONG))).isTrue();
                return store.mark(id, owner);
            });

            assertThat(marked).isTrue();
        }

        @Test
        void connectionsThatWaitForACommitAreGivenBackAsTheyWere() throws SQLException {
            hold(LONG);
            store.extend(id, owner, LONG);
            store.complete(id, owner, new byte[] {1}, LONG);
            store.deleteExpired(10);

            assertThat(pool.dataSource().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
            try (Connection connection = pool.dataSource().getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }

        private static <T> T elsewhere(Supplier<T> work) {
            return CompletableFuture.supplyAsync(work)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        }
    }
}
