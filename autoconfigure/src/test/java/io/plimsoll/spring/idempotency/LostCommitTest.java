package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallFailedException;
import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.IdempotencyException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.spring.idempotency.Ledger.Entry;
import io.plimsoll.spring.idempotency.Ledger.Way;
import io.plimsoll.spring.idempotency.Wire.Fault;
import io.plimsoll.timeout.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.orm.jpa.JpaTransactionManager;

/** The connection breaks while a call commits. The method has run, and what became of it is found out or unknown. */
class LostCommitTest {

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.idempotency.WiredApp#everyWay")
    void anAnswerWhoseCommitIsNotConfirmedIsFoundOut(TestDatabase kind, Way way) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.LOSE_REPLY));

            Entry entry = way.book(app.ledger, "a");

            assertThat(app.ledger.numbersOf("a")).containsExactly(entry.number());
            assertThat(way.book(app.ledger, "a")).isEqualTo(entry);
            assertThat(app.ledger.runs()).isEqualTo(1);
        }
    }

    /** JPA has exceptions and a way of ending transactions of its own. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void soItIsWithJpa(TestDatabase kind) throws Exception {
        Way way = Way.TRANSACTIONAL;
        for (Fault fault : new Fault[] {Fault.LOSE_REPLY, Fault.LOSE_REQUEST}) {
            try (WiredApp app = new WiredApp(kind, LedgerApp.Jpa.class)) {
                assertThat(app.app.transactions()).isInstanceOf(JpaTransactionManager.class);
                app.at(Step.BEFORE_COMMIT, () -> app.wire.next(fault));

                if (fault == Fault.LOSE_REQUEST) {
                    assertThatThrownBy(() -> way.book(app.ledger, "a")).isNotInstanceOf(IdempotencyException.class);
                    assertThat(app.ledger.numbersOf("a")).isEmpty();
                }
                Entry entry = way.book(app.ledger, "a");

                assertThat(app.ledger.numbersOf("a")).containsExactly(entry.number());
                assertThat(way.book(app.ledger, "a")).isEqualTo(entry);
                assertThat(app.ledger.runs()).isEqualTo(fault == Fault.LOSE_REQUEST ? 2 : 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.idempotency.WiredApp#everyWay")
    void aCommitThatNeverArrivedHasFailedAndIsRepeated(TestDatabase kind, Way way) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.LOSE_REQUEST));

            assertThatThrownBy(() -> way.book(app.ledger, "a")).isNotInstanceOf(IdempotencyException.class);
            assertThat(app.ledger.numbersOf("a")).isEmpty();

            Entry entry = way.book(app.ledger, "a");
            assertThat(app.ledger.numbersOf("a")).containsExactly(entry.number());
            assertThat(app.ledger.runs()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aCommitThatIsStillOnItsWayIsUnknownAndNotRepeated(TestDatabase kind) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.DELAY_REQUEST));
            assertUnknownUntil(app, app.wire::deliver);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aCommitThatTheServerHasNotFinishedIsUnknownAndNotRepeated() throws Exception {
        try (WiredApp app = new WiredApp(TestDatabase.POSTGRESQL)) {
            AtomicReference<Long> backend = new AtomicReference<>();
            app.at(
                    Step.IN_METHOD,
                    () -> backend.set(app.app.jdbc().queryForObject("SELECT pg_backend_pid()", Long.class)));
            app.at(Step.BEFORE_COMMIT, () -> {
                Signals.halt(backend.get());
                app.wire.next(Fault.LOSE_CLIENT);
            });
            assertUnknownUntil(app, () -> Signals.goOn(backend.get()));
        }
    }

    private static void assertUnknownUntil(WiredApp app, Runnable end) {
        Throwable unknown = catchThrowable(() -> Soon.within(() -> app.ledger.book("a")));
        Throwable meanwhile = catchThrowable(() -> app.ledger.book("a"));
        end.run();
        assertThat(unknown).isInstanceOf(OutcomeUnknownException.class);
        assertThat(meanwhile).isInstanceOf(CallInFlightException.class);

        Entry entry = await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(CallInFlightException.class)
                .until(() -> app.ledger.book("a"), any -> true);
        assertThat(app.ledger.numbersOf("a")).containsExactly(entry.number());
        assertThat(app.ledger.runs()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aFailureWhoseCommitIsNotConfirmedIsFoundOut(TestDatabase kind) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.LOSE_REPLY));

            assertThatThrownBy(() -> app.ledger.bookHalf("a"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("half done");

            assertThatThrownBy(() -> app.ledger.bookHalf("a")).isInstanceOf(CallFailedException.class);
            assertThat(app.ledger.numbersOf("a")).hasSize(1);
        }
    }

    @Test
    void aFailureWhoseCommitIsStillOnItsWayIsUnknown() throws Exception {
        try (WiredApp app = new WiredApp(TestDatabase.POSTGRESQL)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.DELAY_REQUEST));

            Throwable unknown = catchThrowable(() -> Soon.within(() -> app.ledger.bookHalf("a")));
            app.wire.deliver();

            assertThat(unknown).isInstanceOf(OutcomeUnknownException.class);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> app.ledger.bookHalf("a")).isInstanceOf(CallFailedException.class));
            assertThat(app.ledger.runs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aFailureWhoseCommitNeverArrivedIsRepeated(TestDatabase kind) throws Exception {
        try (WiredApp app = new WiredApp(kind)) {
            app.at(Step.BEFORE_COMMIT, () -> app.wire.next(Fault.LOSE_REQUEST));

            assertThatThrownBy(() -> app.ledger.bookHalf("a"))
                    .isNotInstanceOf(IdempotencyException.class)
                    .isNotInstanceOf(IOException.class);
            assertThat(app.ledger.numbersOf("a")).isEmpty();

            assertThatThrownBy(() -> app.ledger.bookHalf("a")).isInstanceOf(IOException.class);
            assertThat(app.ledger.numbersOf("a")).hasSize(1);
        }
    }

    /** The time that the caller has left. */
    private static final class Soon extends Deadline {

        private final long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();

        static void within(ThrowingCallable work) throws Throwable {
            bind(new Soon());
            try {
                work.call();
            } finally {
                bind(null);
            }
        }

        @Override
        public Duration remaining() {
            return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        }

        @Override
        public void check() {}
    }
}
