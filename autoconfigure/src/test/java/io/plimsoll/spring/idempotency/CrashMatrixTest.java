package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.spring.idempotency.Ledger.Way;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A JVM is killed while it has a call at every step of every way, and another JVM calls again. H2 runs inside of the
 * JVM that is killed: there the file is what the other JVM finds.
 */
class CrashMatrixTest {

    @ParameterizedTest
    @EnumSource
    void whereverTheJvmDiesTheRetryMakesOneEffect(TestDatabase kind) throws Exception {
        DurableDatabase database = DurableDatabase.create(kind);
        String killed;
        try (Caller caller = Caller.start(database).awaitReady()) {
            for (Way way : Way.values()) {
                for (Step step : Step.values()) {
                    caller.send("book " + way + " " + name(way, step) + " " + step);
                    caller.awaitAnswer("AT " + name(way, step) + " " + step);
                }
            }
            killed = caller.pid() + "-";
            caller.kill();
        }

        try (LedgerApp app = new LedgerApp(database.pool(4), Step.Listener.NONE)) {
            for (Way way : Way.values()) {
                for (Step step : Step.values()) {
                    String name = name(way, step);
                    List<String> before = app.ledger().numbersOf(name);
                    assertThat(before).as(name).hasSize(step.isAfterTheCommit() ? 1 : 0);

                    String answer = retry(app, way, name);

                    assertThat(app.ledger().numbersOf(name)).as(name).containsExactly(answer);
                    assertThat(answer.startsWith(killed)).as(name).isEqualTo(step.isAfterTheCommit());
                    assertThat(retry(app, way, name)).as(name).isEqualTo(answer);
                }
            }
            assertThat(app.entries()).hasSize(Way.values().length * Step.values().length);
        }
    }

    private static String name(Way way, Step step) {
        return way + "-" + step;
    }

    /** The server may not have noticed yet that its client is gone. */
    private static String retry(LedgerApp app, Way way, String name) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(CallInFlightException.class)
                .until(() -> way.book(app.ledger(), name).number(), answer -> true);
    }
}
