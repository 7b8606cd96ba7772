package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.spring.idempotency.Ledger.Entry;
import io.plimsoll.spring.idempotency.Ledger.Way;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM stands still in the midst of a call and comes back. Nobody takes its key meanwhile: there is no lease to lose. */
@DisabledOnOs(OS.WINDOWS)
class HaltedHolderTest {

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aHolderThatStandsStillKeepsItsKey(TestDatabase kind) throws Exception {
        DurableDatabase database = DurableDatabase.create(kind);
        try (Caller holder = Caller.start(database);
                LedgerApp app = new LedgerApp(database.pool(4), Step.Listener.NONE)) {
            Ledger ledger = app.ledger();
            holder.awaitReady();
            for (Way way : Way.values()) {
                holder.send("book " + way + " " + way + " IN_METHOD");
                holder.awaitAnswer("AT " + way);
            }
            Signals.halt(holder.pid());
            CompletableFuture<Entry> patient;
            try {
                holder.send("go");
                assertThatThrownBy(() -> ledger.book("REJECT")).isInstanceOf(CallInFlightException.class);
                assertThatThrownBy(() -> ledger.bookInTransaction("TRANSACTIONAL"))
                        .isInstanceOf(CallInFlightException.class);
                patient = CompletableFuture.supplyAsync(() -> ledger.bookPatiently("WAIT"));
                assertThatThrownBy(() -> patient.get(500, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                assertThat(app.entries()).isEmpty();
            } finally {
                Signals.goOn(holder.pid());
            }

            for (Way way : Way.values()) {
                String answer = holder.awaitAnswer("ANSWER " + way);
                Entry replayed = way == Way.WAIT ? patient.get(60, TimeUnit.SECONDS) : way.book(ledger, way.name());
                assertThat(answer).isEqualTo("ANSWER " + way + " " + replayed.number());
                assertThat(ledger.numbersOf(way.name())).containsExactly(replayed.number());
            }
            assertThat(ledger.runs()).isZero();
            await().until(() -> app.active() == 0);
        }
    }
}
