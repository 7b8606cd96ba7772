package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.spring.idempotency.LeasedLedger.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Proofs 3 and 4 of the protocol for LEASE: a JVM is killed, or halted for longer than its lease, while it has a call at
 * every step of every way, and another JVM calls again.
 */
class LeaseCrashTest {

    private static final String UNKNOWN = "UNKNOWN";

    private record Stopped(Way way, Step step) {

        String name() {
            return way + "-" + step;
        }

        /** Work in no transaction is committed by each statement. */
        boolean hasEffect() {
            return way == Way.TRANSACTIONAL || way == Way.RERUN
                    ? step.isAfterTheCommit() || isRecordedAfterwards()
                    : step.compareTo(Step.IN_METHOD) >= 0;
        }

        /** In LEASE mode the outcome comes after the commit. */
        private boolean isRecordedAfterwards() {
            return step == Step.BEFORE_OUTCOME || step == Step.AFTER_OUTCOME;
        }

        boolean isRecorded() {
            return step == Step.AFTER_OUTCOME || step == Step.BEFORE_ANSWER;
        }
    }

    /** Work without a transaction has no commit to be stopped at. */
    private static List<Stopped> everywhere() {
        List<Stopped> all = new ArrayList<>();
        for (Way way : Way.values()) {
            for (Step step : Step.values()) {
                boolean commits = way == Way.TRANSACTIONAL || way == Way.RERUN;
                if (commits || (step != Step.BEFORE_COMMIT && step != Step.AFTER_COMMIT)) {
                    all.add(new Stopped(way, step));
                }
            }
        }
        return all;
    }

    private static LedgerApp app(LeaseStore store, DurableDatabase database, String[] properties) {
        return new LedgerApp(
                database.pool(8),
                Step.Listener.NONE,
                properties,
                store == LeaseStore.REDIS ? new Class<?>[] {LeaseStore.Redis.class} : new Class<?>[0]);
    }

    private static void stopEverywhere(Caller caller) {
        for (Stopped each : everywhere()) {
            caller.send("lease " + each.way() + " " + each.name() + " " + each.step());
            caller.awaitAnswer("AT " + each.name() + " " + each.step());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereverTheJvmDiesThereIsOneEffectOrNobodyKnows(LeaseStore store) throws Exception {
        DurableDatabase database = DurableDatabase.create(store.database());
        String[] properties = store.properties();
        String killed;
        try (Caller caller = Caller.start(database, properties).awaitReady()) {
            stopEverywhere(caller);
            killed = caller.pid() + "-";
            caller.kill();
        }

        try (LedgerApp app = app(store, database, properties)) {
            for (Stopped each : everywhere()) {
                List<String> before = app.ledger().numbersOf(each.name());
                assertThat(before).as(each.name()).hasSize(each.hasEffect() ? 1 : 0);

                String answer = retry(app, each);

                List<String> after = app.ledger().numbersOf(each.name());
                if (each.isRecorded()) {
                    assertThat(answer).as(each.name()).startsWith(killed);
                    assertThat(after).as(each.name()).containsExactly(answer);
                } else if (each.step() == Step.BEFORE_CLAIM) {
                    assertThat(after).as(each.name()).containsExactly(answer);
                } else if (each.way() == Way.RERUN) {
                    assertThat(after).as(each.name()).hasSize(before.size() + 1).contains(answer);
                } else {
                    assertThat(answer).as(each.name()).isEqualTo(UNKNOWN);
                    assertThat(after).as(each.name()).isEqualTo(before);
                }
                assertThat(retry(app, each)).as(each.name()).isEqualTo(answer);
            }
        }
    }

    /**
     * The holder is halted past its lease, others are answered, and it wakes up: nothing that it does then is seen, but
     * for what no transaction holds back.
     */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "REDIS"})
    @DisabledOnOs(OS.WINDOWS)
    void aHolderThatWakesUpAfterItWasGivenUpChangesNothing(LeaseStore store) throws Exception {
        // The file of an embedded database has one JVM.
        DurableDatabase database =
                DurableDatabase.create(store == LeaseStore.REDIS ? TestDatabase.POSTGRESQL : store.database());
        String[] properties = store.properties();
        List<Stopped> halted = everywhere().stream()
                .filter(each -> each.way() == Way.TRANSACTIONAL)
                .filter(each -> List.of(Step.AFTER_CLAIM, Step.IN_METHOD, Step.BEFORE_OUTCOME)
                        .contains(each.step()))
                .toList();
        try (Caller holder = Caller.start(database, properties);
                LedgerApp app = app(store, database, properties)) {
            holder.awaitReady();
            for (Stopped each : halted) {
                holder.send("lease " + each.way() + " " + each.name() + " " + each.step());
                holder.awaitAnswer("AT " + each.name() + " " + each.step());
            }
            Signals.halt(holder.pid());
            try {
                holder.send("go");
                for (Stopped each : halted) {
                    assertThat(retry(app, each)).as(each.name()).isEqualTo(UNKNOWN);
                }
            } finally {
                Signals.goOn(holder.pid());
            }

            for (Stopped each : halted) {
                assertThat(holder.awaitAnswer("ANSWER " + each.name()))
                        .isEqualTo("ANSWER " + each.name() + " " + UNKNOWN);
                boolean committedBefore = each.step() == Step.BEFORE_OUTCOME;
                // Redis is not there when the database commits.
                boolean refused = store.isInTheDatabase() && !committedBefore;
                assertThat(app.ledger().numbersOf(each.name())).as(each.name()).hasSize(refused ? 0 : 1);
                assertThat(retry(app, each)).as(each.name()).isEqualTo(UNKNOWN);
            }
            assertThat(app.leased().runs()).isZero();
        }
    }

    /** Until the lease of the dead holder is over, it is running for all that anybody knows. */
    private static String retry(LedgerApp app, Stopped call) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(CallInFlightException.class)
                .until(
                        () -> {
                            try {
                                return call.way().book(app.leased(), call.name());
                            } catch (OutcomeUnknownException e) {
                                return UNKNOWN;
                            }
                        },
                        answer -> true);
    }
}
