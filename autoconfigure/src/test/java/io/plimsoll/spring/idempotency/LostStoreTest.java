package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.StoreUnavailableException;
import io.plimsoll.spring.idempotency.Ledger.Entry;
import io.plimsoll.spring.idempotency.Ledger.Way;
import io.plimsoll.spring.idempotency.Wire.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The database goes before the method could run: the call is refused as that, and nothing is done. */
class LostStoreTest {

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.idempotency.WiredApp#everyWay")
    void aClaimThatNobodyConfirmsRefusesTheCall(TestDatabase kind, Way way) throws Exception {
        for (Fault fault : new Fault[] {Fault.LOSE_REQUEST, Fault.LOSE_REPLY}) {
            try (WiredApp app = new WiredApp(kind)) {
                app.at(Step.BEFORE_CLAIM, () -> app.wire.next(fault));

                assertThatThrownBy(() -> way.book(app.ledger, "a")).isInstanceOf(StoreUnavailableException.class);
                assertThat(app.ledger.runs()).isZero();

                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptionsInstanceOf(CallInFlightException.class)
                        .until(() -> way.book(app.ledger, "a"), any -> true);
                assertThat(app.ledger.numbersOf("a")).hasSize(1);
            }
        }
    }

    /** What a replay has read stands. Only the end of its own transaction, which has written nothing, is lost. */
    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.idempotency.WiredApp#everyWay")
    void aReplayWhoseEndIsLostIsRefused(TestDatabase kind, Way way) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            Entry entry = way.book(app.ledger, "a");
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.LOSE_REQUEST));

            assertThatThrownBy(() -> way.book(app.ledger, "a")).isInstanceOf(StoreUnavailableException.class);

            assertThat(way.book(app.ledger, "a")).isEqualTo(entry);
            assertThat(app.ledger.runs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.idempotency.WiredApp#everyWay")
    void aDatabaseThatGoesWhileAnotherCallRunsRefusesTheCall(TestDatabase kind, Way way) throws Exception {
        try (WiredApp holder = new WiredApp(kind);
                WiredApp other = new WiredApp(holder)) {
            AtomicReference<Throwable> refusal = new AtomicReference<>();
            other.at(Step.AFTER_CLAIM, other.wire::close);
            holder.at(Step.IN_METHOD, () -> refusal.set(catchThrowable(() -> elsewhere(other, way))));

            way.book(holder.ledger, "a");

            assertThat(refusal.get()).isInstanceOf(StoreUnavailableException.class);
            assertThat(holder.ledger.numbersOf("a")).hasSize(1);
        }
    }

    private static void elsewhere(WiredApp other, Way way) throws Throwable {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> failure.set(catchThrowable(() -> way.book(other.ledger, "a"))));
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
