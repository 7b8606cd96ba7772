package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.Idempotency;
import io.plimsoll.idempotency.IdempotentCalls;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.Recovered;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine without an annotation. */
class IdempotentCallsTest {

    record Receipt(String number, int amount) {}

    private final AtomicInteger runs = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void theFirstCallRunsAndTheOthersGetItsAnswer(LeaseStore store) throws Exception {
        try (App app = store.open(Notes.class)) {
            for (Mode mode : new Mode[] {Mode.AUTO, Mode.TRANSACTIONAL, Mode.LEASE}) {
                IdempotentCalls.Operation<Receipt> charge = app.get(IdempotentCalls.class)
                        .named("charge " + mode, Receipt.class)
                        .mode(mode)
                        .build();
                Idempotency.Work<Receipt, IOException> work = () -> {
                    app.jdbc().update("INSERT INTO effects (name) VALUES ('" + mode + "')");
                    return new Receipt("r" + runs.incrementAndGet(), 7);
                };

                Receipt first = charge.call(List.of("tenant", 1), "tea", work);

                assertThat(charge.call(List.of("tenant", 1), "tea", work)).isEqualTo(first);
                assertThat(charge.call(List.of("tenant", 2), "tea", work)).isNotEqualTo(first);
                assertThatThrownBy(() -> charge.call(List.of("tenant", 1), "coffee", work))
                        .isInstanceOf(KeyReusedException.class);
            }
            assertThat(runs).hasValue(6);
        }
    }

    @Test
    void aFailureRollsTheWorkBackAndFreesTheKey() {
        try (App app = new App(TestDatabase.POSTGRESQL, Notes.class)) {
            IdempotentCalls.Operation<Void> note =
                    app.get(IdempotentCalls.class).named("note", Void.class).build();
            Notes notes = app.get(Notes.class);

            assertThatThrownBy(() -> note.call("1", null, () -> {
                        notes.write("lost");
                        throw new IOException("disk");
                    }))
                    .isInstanceOf(IOException.class);
            note.call("1", null, () -> {
                notes.write("kept");
                return null;
            });
            note.call("1", null, () -> {
                notes.write("twice");
                return null;
            });

            assertThat(app.effects()).containsExactly("kept");
        }
    }

    static class Notes {

        private final org.springframework.jdbc.core.JdbcTemplate jdbc;

        Notes(org.springframework.jdbc.core.JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        void write(String name) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutcomeThatIsUnknownCanBeFoundOut(LeaseStore store) throws Exception {
        try (App app = store.open(Notes.class)) {
            IdempotentCalls.Operation<Receipt> charge = app.get(IdempotentCalls.class)
                    .named("charge", Receipt.class)
                    .mode(Mode.LEASE)
                    .build();
            Idempotency.Work<Receipt, IOException> cutOff = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> charge.call("1", null, cutOff)).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> charge.call("1", null, cutOff)).isInstanceOf(OutcomeUnknownException.class);

            Receipt found = new Receipt("found", 7);
            assertThat(charge.call("1", null, cutOff, () -> Recovered.answer(found)))
                    .isEqualTo(found);
            assertThat(charge.call("1", null, cutOff)).isEqualTo(found);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        try (App app = new App(TestDatabase.H2, Notes.class)) {
            IdempotentCalls calls = app.get(IdempotentCalls.class);

            assertThatThrownBy(() -> calls.named(" ", Void.class)).hasMessageContaining("needs a name");
            assertThatThrownBy(() -> calls.named("a", Void.class).ttl(Duration.ZERO))
                    .hasMessage("The ttl of the idempotent operation a is PT0S, and must be positive.");
            assertThatThrownBy(() -> calls.named("a", Void.class).build().call(1.5, null, () -> null))
                    .hasMessageContaining("java.lang.Double is no stable part of a key");
        }
    }

    @Test
    void twoOperationsOfOneNameAreRefused() {
        try (App app = new App(TestDatabase.H2, Notes.class)) {
            IdempotentCalls calls = app.get(IdempotentCalls.class);
            calls.named("charge", Receipt.class).build();
            calls.named("charge", Receipt.class).build();

            assertThatThrownBy(() -> calls.named("charge", String.class).build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Two idempotent operations are named charge");
            assertThatThrownBy(() -> calls.named("b", Void.class).lease(Duration.ofMillis(10)))
                    .hasMessageContaining("must be at least PT0.1S");
        }
    }

    /** The claim is given up, not held until its lease is over. */
    @Test
    void aRecoveryThatSaysNothingLeavesTheOutcomeUnknown() throws Exception {
        try (App app = new App(TestDatabase.H2, Notes.class)) {
            IdempotentCalls.Operation<Receipt> charge = app.get(IdempotentCalls.class)
                    .named("charge", Receipt.class)
                    .mode(Mode.LEASE)
                    .build();
            Idempotency.Work<Receipt, IOException> cutOff = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> charge.call("1", null, cutOff)).isInstanceOf(SocketTimeoutException.class);

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> charge.call("1", null, cutOff, () -> null))
                        .isInstanceOf(OutcomeUnknownException.class);
                assertThatThrownBy(() -> charge.call("1", null, cutOff, () -> {
                            throw new IllegalStateException("the bank does not answer");
                        }))
                        .isInstanceOf(OutcomeUnknownException.class);
            }
            Receipt found = new Receipt("found", 7);
            assertThat(charge.call("1", null, cutOff, () -> Recovered.answer(found)))
                    .isEqualTo(found);
        }
    }
}
