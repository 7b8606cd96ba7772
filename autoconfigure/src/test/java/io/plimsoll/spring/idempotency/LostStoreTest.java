package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.StoreUnavailableException;
import io.plimsoll.spring.idempotency.Ledger.Way;
import io.plimsoll.spring.idempotency.Wire.Fault;
import java.time.Duration;
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
}
