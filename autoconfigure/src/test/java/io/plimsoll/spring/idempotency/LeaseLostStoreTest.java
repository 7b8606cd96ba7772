package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.StoreUnavailableException;
import io.plimsoll.spring.idempotency.LeasedLedger.Way;
import io.plimsoll.spring.idempotency.Wire.Fault;
import io.plimsoll.test.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store goes at the worst moments of a lease. */
class LeaseLostStoreTest {

    private static String again(LedgerApp app, Way way) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(
                        e -> e instanceof CallInFlightException || e instanceof StoreUnavailableException)
                .until(() -> way.book(app.leased(), "a"), any -> true);
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

                assertThat(await().atMost(Duration.ofSeconds(30))
                                .ignoreExceptionsMatching(e ->
                                        e instanceof CallInFlightException || e instanceof StoreUnavailableException)
                                .until(() -> app.leased().book(name), any -> true))
                        .isEqualTo(answer);
                assertThat(app.ledger().numbersOf(name)).containsExactly(answer);
            }
            int runs = app.leased().runs();
            wire.close();

            assertThatThrownBy(() -> app.leased().book("refused")).isInstanceOf(StoreUnavailableException.class);
            assertThat(app.leased().runs()).isEqualTo(runs);
        }
    }
}
