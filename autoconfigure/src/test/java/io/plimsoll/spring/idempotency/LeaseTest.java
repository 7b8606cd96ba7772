package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OutcomeNotKeptException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.Recovered;
import io.plimsoll.timeout.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** LEASE mode in one JVM, on every store. */
class LeaseTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void stop() {
        mayEnd.countDown();
        executor.shutdownNow();
    }

    /** Work that says when it has begun, and ends when it may. */
    private @Nullable String linger() throws InterruptedException {
        started.countDown();
        mayEnd.await();
        return "slow";
    }

    private Future<@Nullable String> start(Callable<@Nullable String> call) throws InterruptedException {
        Future<@Nullable String> running = executor.submit(call);
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        return running;
    }

    @ParameterizedTest
    @EnumSource
    void theFirstCallRunsAndTheOthersGetItsAnswer(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> "number " + script.runs.get();

            assertThat(work.once("a")).isEqualTo("number 1");
            assertThat(work.once("a")).isEqualTo("number 1");
            assertThat(work.once("b")).isEqualTo("number 2");
            assertThat(work.once("a")).isEqualTo("number 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullIsAnAnswer(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> null;

            assertThat(work.once("a")).isNull();
            assertThat(work.once("a")).isNull();
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherPayloadIsRefusedWhileTheCallRunsAndAfterwards(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = this::linger;
            Future<@Nullable String> first = start(() -> work.once("a", "tea"));

            assertThatThrownBy(() -> work.once("a", "coffee")).isInstanceOf(KeyReusedException.class);
            assertThatThrownBy(() -> work.once("a", "tea")).isInstanceOf(CallInFlightException.class);
            mayEnd.countDown();
            first.get();
            assertThatThrownBy(() -> work.once("a", "coffee")).isInstanceOf(KeyReusedException.class);
            assertThat(work.once("a", "tea")).isEqualTo("slow");
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsGetsTheAnswer(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = this::linger;
            Future<@Nullable String> first = start(() -> work.patiently("a"));
            List<Future<@Nullable String>> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(executor.submit(() -> work.patiently("a")));
            }
            mayEnd.countDown();

            assertThat(first.get()).isEqualTo("slow");
            for (Future<@Nullable String> other : others) {
                assertThat(other.get()).isEqualTo("slow");
            }
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureWithoutAnEffectFreesTheKey(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new IOException("no paper");
            };
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(IOException.class);
            script.work = () -> "printed";

            assertThat(work.once("a")).isEqualTo("printed");
            assertThat(script.runs).hasValue(2);
        }
    }

    /** Its claim is renewed: the lease says how long a dead holder is waited for, not how long a call may take. */
    @ParameterizedTest
    @EnumSource
    void aCallMayTakeManyTimesItsLease(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = this::linger;
            Future<@Nullable String> first = start(() -> work.briefly("a"));
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (System.nanoTime() < end) {
                assertThatThrownBy(() -> work.briefly("a")).isInstanceOf(CallInFlightException.class);
            }
            mayEnd.countDown();

            assertThat(first.get()).isEqualTo("slow");
            assertThat(work.briefly("a")).isEqualTo("slow");
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverStoppedWaitingDoesNotKnow(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new IllegalStateException("payment", new SocketTimeoutException("Read timed out"));
            };
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(IllegalStateException.class);
            script.work = () -> "charged twice";

            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThat(script.runs).hasValue(1);
        }
    }

    /** A fingerprint is compared on every path. */
    @ParameterizedTest
    @EnumSource
    void anotherPayloadDoesNotTakeOverWhatIsUnknown(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> work.again("a", "tea")).isInstanceOf(SocketTimeoutException.class);
            script.work = () -> "done";

            assertThatThrownBy(() -> work.again("a", "coffee")).isInstanceOf(KeyReusedException.class);
            assertThat(work.again("a", "tea")).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureAfterACommitIsUnknownAndOneAfterARollbackIsNone(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                work.writeInTransaction("committed");
                throw new IllegalStateException("afterwards");
            };
            assertThatThrownBy(() -> work.once("a")).hasMessage("afterwards");
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);

            script.work = () -> {
                work.write("rolled back");
                throw new IllegalStateException("within");
            };
            assertThatThrownBy(() -> work.inTransaction("b")).hasMessage("within");
            script.work = () -> "done";
            assertThat(work.inTransaction("b")).isEqualTo("done");

            assertThat(app.effects()).containsExactly("committed");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void aHolderThatHasLostItsClaimCommitsNothing(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                work.writeInTransaction("before");
                app.jdbc().update("UPDATE plimsoll_idempotency SET owner = NULL, lease_until = NULL");
                work.writeInTransaction("after");
                return "not reached";
            };

            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);

            assertThat(app.effects()).containsExactly("before");
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void anAnswerOfALostHolderIsNotGiven(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                app.jdbc().update("UPDATE plimsoll_idempotency SET owner = NULL, lease_until = NULL");
                return "an answer that nobody will get again";
            };

            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMethodMayBeRunAgainIfItSaysSo(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> work.again("a")).isInstanceOf(SocketTimeoutException.class);
            script.work = () -> "the second time";

            assertThat(work.again("a")).isEqualTo("the second time");
            assertThat(work.again("a")).isEqualTo("the second time");
            assertThat(script.runs).hasValue(2);
            assertThat(script.tokens.get(1)).isGreaterThan(script.tokens.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatBecameOfACallIsFoundOut(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> work.recoverably("a")).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> work.recoverably("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThatThrownBy(() -> work.recoverably("a")).isInstanceOf(OutcomeUnknownException.class);
            assertThat(script.recoveries).hasValue(2);

            script.recovered = Recovered.answer("charged, says the bank");
            assertThat(work.recoverably("a")).isEqualTo("charged, says the bank");
            assertThat(work.recoverably("a")).isEqualTo("charged, says the bank");
            assertThat(script.recoveries).hasValue(3);
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHadNoEffectRuns(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> work.recoverably("a")).isInstanceOf(SocketTimeoutException.class);
            script.recovered = Recovered.notExecuted();
            script.work = () -> "done";

            assertThat(work.recoverably("a")).isEqualTo("done");
            assertThat(work.recoverably("a")).isEqualTo("done");
            assertThat(script.runs).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatIsAnAnswerIsGivenAgain(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new LeasedWork.Declined("no funds");
            };
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> work.declinably("a"))
                        .isInstanceOf(LeasedWork.Declined.class)
                        .hasMessage("no funds");
            }
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeKeptIsSaidToHaveSucceeded(LeaseStore store) throws Exception {
        try (App app = store.open(
                new String[] {"plimsoll.idempotency.max-outcome-size=100B"},
                LeasedWork.class,
                LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> "x".repeat(200);

            assertThat(work.once("a")).hasSize(200);
            assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeNotKeptException.class);
            assertThat(script.runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void insideATransactionOfItsCallerItIsRefused(LeaseStore store) {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            TransactionTemplate transaction = new TransactionTemplate(app.get(PlatformTransactionManager.class));

            assertThatThrownBy(() -> transaction.execute(status -> App.unchecked(() -> work.once("a"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("LeasedWork.once")
                    .hasMessageContaining("Mode.TRANSACTIONAL");
            assertThat(script.runs).hasValue(0);
        }
    }

    /** A lease that nobody renews: its JVM is gone. */
    @ParameterizedTest
    @EnumSource
    void theClaimOfADeadHolderIsUnknownOnceItsLeaseIsOver(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = this::linger;
            Future<@Nullable String> holder = start(() -> work.briefly("a"));
            app.get(Engine.class).keeper().close();

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThatThrownBy(() -> work.briefly("a"))
                    .isInstanceOf(OutcomeUnknownException.class));
            mayEnd.countDown();

            assertThatThrownBy(holder::get).hasCauseInstanceOf(OutcomeUnknownException.class);
            assertThat(script.runs).hasValue(1);
        }
    }

    /** Spring pauses and resumes applications: for a checkpoint, and between tests. */
    @Test
    void anApplicationThatWasStoppedCanBeStartedAgain() throws Exception {
        try (App app = LeaseStore.H2.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            Engine engine = app.get(Engine.class);
            engine.stop();
            assertThat(work.once("while it stops")).isEqualTo("done");
            engine.start();
            app.get(LeasedWork.Script.class).work = this::linger;
            Future<@Nullable String> first = start(() -> work.briefly("a"));
            // Longer than its lease: somebody renews it.
            await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertThatThrownBy(() -> work.briefly("a"))
                    .isInstanceOf(CallInFlightException.class));
            mayEnd.countDown();
            assertThat(first.get()).isEqualTo("slow");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void aTokenIsGreaterThanTheOneBeforeAlsoIfTheClockWasSetBack(LeaseStore store) throws Exception {
        try (App app = store.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new SocketTimeoutException();
            };
            assertThatThrownBy(() -> work.again("a")).isInstanceOf(SocketTimeoutException.class);
            long future = script.tokens.get(0) + TimeUnit.DAYS.toMicros(1);
            app.jdbc().update("UPDATE plimsoll_idempotency SET fence = ?", future);
            script.work = () -> "done";

            work.again("a");

            assertThat(script.tokens.get(1)).isEqualTo(future + 1);
        }
    }

    /** Whatever it says itself, it was cut off in what it asked for. */
    @Test
    void whoHasRunOutOfTimeDoesNotKnow() throws Exception {
        try (App app = LeaseStore.H2.open(LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            LeasedWork.Script script = app.get(LeasedWork.Script.class);
            script.work = () -> {
                throw new IllegalStateException("not in time");
            };
            Spent.during(() -> assertThatThrownBy(() -> work.once("a")).hasMessage("not in time"));

            await().untilAsserted(
                            () -> assertThatThrownBy(() -> work.once("a")).isInstanceOf(OutcomeUnknownException.class));
            assertThat(script.runs).hasValue(1);
        }
    }

    /** Nothing is left. */
    private static final class Spent extends Deadline {

        static void during(Runnable work) {
            bind(new Spent());
            try {
                work.run();
            } finally {
                bind(null);
            }
        }

        @Override
        public Duration remaining() {
            return Duration.ZERO;
        }

        @Override
        public void check() {}
    }

    /** Accessors as records have them, but no record: nothing of it is JSON. */
    static final class Command {

        private final int amount;

        Command(int amount) {
            this.amount = amount;
        }

        int amount() {
            return amount;
        }
    }

    static class Mute {

        @Idempotent(key = "#key", mode = Mode.LEASE)
        public String pay(String key, Command command) {
            return "paid " + command.amount();
        }

        @Idempotent(key = "#key", mode = Mode.LEASE)
        public Command receipt(String key) {
            return new Command(5);
        }
    }

    /** Two of them would be compared as equal, and none would come back. */
    @Test
    void anObjectThatShowsNothingOfItselfIsNoPayloadAndNoAnswer() {
        try (App app = LeaseStore.H2.open(Mute.class)) {
            Mute mute = app.get(Mute.class);

            assertThatThrownBy(() -> mute.pay("a", new Command(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be written as JSON")
                    .hasMessageContaining("@Idempotent(fingerprint = ...)");
            assertThat(mute.receipt("b").amount()).isEqualTo(5);
            assertThatThrownBy(() -> mute.receipt("b")).isInstanceOf(OutcomeNotKeptException.class);
        }
    }

    static class Fatal {

        public String getNumber() {
            throw new NoClassDefFoundError("a jar is missing");
        }
    }

    static class FatalWork {

        @Idempotent(key = "#key", mode = Mode.LEASE, lease = "400ms")
        public Fatal receipt(String key) {
            return new Fatal();
        }
    }

    /** Its claim is given up, and not renewed for as long as the application lives. */
    @Test
    void anErrorWhileTheAnswerIsWrittenLeavesTheOutcomeUnknown() {
        try (App app = LeaseStore.H2.open(FatalWork.class)) {
            FatalWork work = app.get(FatalWork.class);
            assertThatThrownBy(() -> work.receipt("a")).isInstanceOf(NoClassDefFoundError.class);

            assertThatThrownBy(() -> work.receipt("a")).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    static class Shortest {

        @Idempotent(key = "#key", mode = Mode.LEASE, lease = "100ms")
        public String pay(String key) {
            return "paid";
        }
    }

    @Test
    void aLeaseOfATenthOfASecondIsLongEnough() {
        try (App app = LeaseStore.H2.open(Shortest.class)) {
            assertThat(app.get(Shortest.class).pay("a")).isEqualTo("paid");
        }
    }
}
