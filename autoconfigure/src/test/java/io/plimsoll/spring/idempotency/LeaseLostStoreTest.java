package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.StoreUnavailableException;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.spring.idempotency.LeasedLedger.Way;
import io.plimsoll.spring.idempotency.Wire.Fault;
import io.plimsoll.test.RedisServer;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The store goes at the worst moments of a lease. */
class LeaseLostStoreTest {

    private static String again(LedgerApp app, Way way) {
        return again(app, way, "a");
    }

    private static String again(LedgerApp app, Way way, String name) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(
                        e -> e instanceof CallInFlightException || e instanceof StoreUnavailableException)
                .until(() -> way.book(app.leased(), name), any -> true);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aClaimThatNobodyConfirmsRefusesTheCallAndIsGivenBack(TestDatabase kind) throws Exception {
        for (Fault fault : new Fault[] {Fault.LOSE_REQUEST, Fault.LOSE_REPLY}) {
            try (WiredApp app = new WiredApp(kind)) {
                app.at(Step.BEFORE_CLAIM, () -> app.wire.next(fault));

                assertThatThrownBy(() -> app.app.leased().book("a")).isInstanceOf(StoreUnavailableException.class);
                assertThat(app.app.leased().runs()).isZero();

                // Long before its lease is over, and not as an unknown one.
                String answer = again(app.app, Way.PLAIN);
                assertThat(app.ledger.numbersOf("a")).containsExactly(answer);
            }
        }
    }

    /** The work is done and the caller is told so; the store is told as soon as it listens again. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void anAnswerThatTheStoreDidNotTakeIsGivenAndTakenLater(TestDatabase kind) throws Exception {
        for (Fault fault : new Fault[] {Fault.LOSE_REQUEST, Fault.LOSE_REPLY}) {
            for (Way way : new Way[] {Way.PLAIN, Way.TRANSACTIONAL}) {
                try (WiredApp app = new WiredApp(kind)) {
                    app.at(Step.BEFORE_OUTCOME, () -> app.wire.next(fault));

                    String answer = way.book(app.app.leased(), "a");

                    assertThat(again(app.app, way)).isEqualTo(answer);
                    assertThat(app.ledger.numbersOf("a")).containsExactly(answer);
                    assertThat(app.app.leased().runs()).isEqualTo(1);
                }
            }
        }
    }

    /** Its commit went through, and nobody heard of it: the mark in the record knows. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aCommitWhoseAnswerIsLostIsNotMadeAgain(TestDatabase kind) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.LOSE_REPLY));

            assertThatThrownBy(() -> app.app.leased().bookInTransaction("a")).isInstanceOf(RuntimeException.class);

            assertThat(app.ledger.numbersOf("a")).hasSize(1);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatThrownBy(
                            () -> app.app.leased().bookInTransaction("a"))
                    .isInstanceOf(OutcomeUnknownException.class));
            assertThat(app.ledger.numbersOf("a")).hasSize(1);
        }
    }

    /** Its commit never arrived: there is no mark, and the key is free. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aCommitThatNeverArrivedIsNone(TestDatabase kind) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.LOSE_REQUEST));

            assertThatThrownBy(() -> app.app.leased().bookInTransaction("a")).isInstanceOf(RuntimeException.class);

            String answer = again(app.app, Way.TRANSACTIONAL);
            assertThat(app.ledger.numbersOf("a")).containsExactly(answer);
        }
    }

    @Test
    void aRedisThatDoesNotAnswerRefusesTheCallAndTakesAnAnswerLater() throws Exception {
        Wire wire = new Wire(RedisServer.shared().port());
        String[] properties = {
            "plimsoll.idempotency.lease-store=redis",
            "spring.data.redis.host=localhost",
            "spring.data.redis.port=" + wire.port(),
            "spring.data.redis.timeout=1s",
            "plimsoll.idempotency.redis.key-prefix=" + System.nanoTime() + ":"
        };
        AtomicReference<Runnable> inMethod = new AtomicReference<>(() -> {});
        try (LedgerApp app = new LedgerApp(
                DurableDatabase.create(TestDatabase.H2).pool(4),
                step -> {
                    if (step == Step.IN_METHOD) {
                        inMethod.get().run();
                    }
                },
                properties,
                LeaseStore.Redis.class)) {
            app.leased().book("warm up");
            for (Fault fault : new Fault[] {Fault.LOSE_REQUEST, Fault.LOSE_REPLY}) {
                String name = fault.name();
                inMethod.set(() -> wire.next(fault));
                String answer = app.leased().book(name);
                inMethod.set(() -> {});

                assertThat(again(app, Way.PLAIN, name)).isEqualTo(answer);
                assertThat(app.ledger().numbersOf(name)).containsExactly(answer);
            }
            int runs = app.leased().runs();
            wire.close();

            assertThatThrownBy(() -> app.leased().book("refused")).isInstanceOf(StoreUnavailableException.class);
            assertThat(app.leased().runs()).isEqualTo(runs);
        }
    }

    /** A store whose answers can be lost: it has done what it was told, and says that it does not answer. */
    static class Unreliable implements BeanPostProcessor {

        static volatile String losing = "";

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof IdempotencyStore
                    ? Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {IdempotencyStore.class},
                            (proxy, method, arguments) -> {
                                Object result = method.invoke(bean, arguments);
                                if (method.getName().equals(losing)) {
                                    losing = "";
                                    throw new QueryTimeoutException("no answer");
                                }
                                return result;
                            })
                    : bean;
        }
    }

    /** Given back, it would be free, and the call made a second time by somebody who may not. */
    @Test
    void aTakeOverWhoseAnswerIsLostLeavesTheOutcomeUnknown() throws Exception {
        try (App app = LeaseStore.REDIS.open(LeasedWork.class, LeasedWork.Script.class, Unreliable.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> work.recoverably("a")).isInstanceOf(SocketTimeoutException.class);
            Unreliable.losing = "takeOver";
            assertThatThrownBy(() -> work.recoverably("a")).isInstanceOf(StoreUnavailableException.class);
            script.work = () -> "a second time";

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThatThrownBy(() -> work.recoverably("a"))
                    .isInstanceOf(OutcomeUnknownException.class));
            assertThat(script.runs).hasValue(1);
        }
    }

    @Test
    void aClaimWhoseAnswerIsLostIsGivenBack() throws Exception {
        try (App app = LeaseStore.REDIS.open(LeasedWork.class, LeasedWork.Script.class, Unreliable.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            Unreliable.losing = "claim";
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(StoreUnavailableException.class);

            assertThat(await().atMost(Duration.ofSeconds(20))
                            .ignoreExceptionsInstanceOf(CallInFlightException.class)
                            .until(() -> work.once("a"), any -> true))
                    .isEqualTo("done");
        }
    }

    /** It is not to be run a second time because the store was away for longer than its lease. */
    @Test
    void anAnswerThatWaitsForItsStoreIsRenewedUntilItIsTaken() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        try (App app = new App(
                TestDatabase.POSTGRESQL.open(8),
                dataSource -> new DelegatingDataSource(dataSource) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        // Renewals go through, ends do not: as under a lock, or a full disk.
                        if (away.get() && !Thread.currentThread().getName().startsWith("plimsoll-idempotency-lease-")) {
                            throw new SQLTransientConnectionException("away");
                        }
                        return super.getConnection();
                    }
                },
                new String[0],
                LeasedWork.class,
                LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            app.get(LeasedWork.Script.class).work = () -> {
                away.set(true);
                return "paid";
            };
            assertThat(work.briefly("a")).isEqualTo("paid");
            away.set(false);

            assertThat(await().atMost(Duration.ofSeconds(30))
                            .ignoreExceptionsInstanceOf(CallInFlightException.class)
                            .until(() -> work.briefly("a"), any -> true))
                    .isEqualTo("paid");
            assertThat(app.get(LeasedWork.Script.class).runs).hasValue(1);
        }
    }
}
