package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The door for clients. */
class CallBudgetTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    /** No second strike: what is cut is cut by the first. */
    private final Timed timed = new Timed(LONG);

    @AfterEach
    void stop() {
        timed.close();
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
        assertThat(CallBudget.current()).as("budget left behind").isNull();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aBlockingCallIsCancelledThroughItsHandleAndNamed(Threads threads) throws Exception {
        threads.run(1, () -> {
            Answer answer = new Answer();

            assertThatThrownBy(() -> timed.call(SHORT, () -> current().call(answer, answer::join)))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, CallBudgetTest::namesTheCall)
                    .hasCauseInstanceOf(CancellationException.class);

            assertThat(Thread.interrupted()).isFalse();
            return null;
        });
    }

    @Test
    void aSpentBudgetBeginsNoCall() {
        AtomicBoolean begun = new AtomicBoolean();

        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    Timed.burn(SHORT.multipliedBy(2));
                    return current().call(new Answer(), () -> {
                        begun.set(true);
                        return null;
                    });
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(begun).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aCallThatIsUnderWayElsewhereIsCancelledAndNamed(Threads threads) throws Exception {
        threads.run(1, () -> {
            Answer answer = new Answer();

            assertThatThrownBy(() -> timed.call(SHORT, () -> {
                        current().watch(answer, answer.future::isDone);
                        return answer.future.get();
                    }))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, CallBudgetTest::namesTheCall);

            assertThat(answer.future).isCancelled();
            return null;
        });
    }

    @Test
    void itIsCancelledAlsoWhereTheThreadMustNotBeInterrupted() {
        Answer answer = new Answer();

        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    current().watch(answer, answer.future::isDone);
                    return answer.join();
                }))
                .isInstanceOfSatisfying(TimeoutExceededException.class, CallBudgetTest::namesTheCall)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void aCallElsewhereThatIsDoneIsNotBlamed() {
        Answer answer = new Answer();

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    current().watch(answer, answer.future::isDone);
                    answer.future.complete("here it is");
                    return Timed.forever();
                }))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.kind())
                        .isEqualTo("code"));
        assertThat(answer.future).isNotCancelled();
    }

    @Test
    void aCallElsewhereThatCannotSayWhetherItIsDoneDoesNotSaveTheOneThatWaits() {
        Answer answer = new Answer();

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    current().watch(answer, () -> {
                        throw new IllegalStateException("nobody knows");
                    });
                    return Timed.forever();
                }))
                .isInstanceOf(TimeoutExceededException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(answer.future).isNotCancelled();
    }

    @Test
    void anInnerDeadlineLeavesTheCallersCallAlone() throws Exception {
        Answer callers = new Answer();

        timed.call(LONG, () -> {
            current().watch(callers, callers.future::isDone);
            assertThatThrownBy(() -> timed.call(SHORT, Timed::forever))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.kind())
                            .isEqualTo("code"));
            return null;
        });

        assertThat(callers.future).isNotCancelled();
    }

    @Test
    void theCallersDeadlineEndsACallThatAnInnerMethodHasBegun() {
        Answer answer = new Answer();

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    timed.call(SHORT.dividedBy(2), () -> {
                        current().watch(answer, answer.future::isDone);
                        return null;
                    });
                    return answer.future.get();
                }))
                .isInstanceOfSatisfying(TimeoutExceededException.class, CallBudgetTest::namesTheCall);
        assertThat(answer.future).isCancelled();
    }

    /** Only our own code waits for what is under way elsewhere; a client may call its sort of call as it likes. */
    @Test
    void aCallOfTheSameKindAsOwnCodeIsCancelledItself() {
        Answer elsewhere = new Answer();
        CompletableFuture<Object> future = new CompletableFuture<>();

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    current().watch(elsewhere, elsewhere.future::isDone);
                    return current().call(new Cancelling("code", () -> future.cancel(true)), future::join);
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(elsewhere.future).isNotCancelled();
    }

    /** By force, a grace period later: there is nothing on top any more that it could be mistaken for. */
    @Test
    @org.junit.jupiter.api.Timeout(30)
    void aCancelThatHangsDoesNotHoldACallThatHasEndedByItself() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        try (Timed impatient = new Timed()) {
            assertThatThrownBy(() -> impatient.call(SHORT, () -> current().call(new Hanging(hang), () -> {
                        Timed.burn(SHORT.multipliedBy(2));
                        return "done";
                    })))
                    .isInstanceOf(TimeoutExceededException.class);
        } finally {
            hang.countDown();
        }
    }

    @Test
    void termsGoToOtherThreadsAndSayWhoseTheyAre() throws Exception {
        timed.call(SHORT, () -> {
            BudgetTerms terms = current().terms();
            assertThat(terms.remainingNanos()).isPositive().isLessThanOrEqualTo(SHORT.toNanos());
            TimeoutExceededException failure = CompletableFuture.supplyAsync(() -> terms.exceeded("http", "a test"))
                    .join();
            assertThat(failure.method()).isEqualTo("Test.100");
            assertThat(failure.budget()).isEqualTo(SHORT);
            assertThat(failure.kind()).isEqualTo("http");
            assertThat(BudgetTerms.of(Deadline.current().orElseThrow())).isNotNull();
            return null;
        });
        assertThat(BudgetTerms.of(null)).isNull();
    }

    @Test
    void theRestOfABudgetRulesOnAnotherThread() throws Exception {
        Callable<Object> fanOut = () -> {
            Terms terms = Budget.ofThread().terms();
            CompletableFuture<Object> other = CompletableFuture.supplyAsync(() -> {
                Budget rest = terms.watchdog().resume(terms);
                Exception failure = null;
                try {
                    return Timed.forever();
                } catch (InterruptedException e) {
                    failure = e;
                    return null;
                } finally {
                    rest.end(failure);
                }
            });
            return other.get();
        };

        assertThatThrownBy(() -> timed.call(SHORT, fanOut))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                        .isEqualTo("Test.100"));
    }

    @Test
    void theOtherThreadsOwnBudgetRulesIfItEndsFirst() throws Exception {
        Terms later = timed.call(LONG, () -> Budget.ofThread().terms());

        timed.call(SHORT.multipliedBy(10), () -> {
            assertThat(later.watchdog().resume(later)).isNull();
            return null;
        });
    }

    private static CallBudget current() {
        CallBudget budget = CallBudget.current();
        assertThat(budget).isNotNull();
        return budget;
    }

    private static void namesTheCall(TimeoutExceededException e) {
        assertThat(e.kind()).isEqualTo("test");
        assertThat(e.activity()).isEqualTo("a call to a test");
        assertThat(e.elapsed()).isBetween(SHORT, Duration.ofSeconds(30));
    }

    private record Cancelling(String kind, Runnable end) implements CancelHandle {

        @Override
        public void cancel() {
            end.run();
        }

        @Override
        public String activity() {
            return "a call to a test";
        }
    }

    /** What can be ended by force alone. */
    private record Hanging(CountDownLatch hang) implements CancelHandle {

        @Override
        public void cancel() throws InterruptedException {
            hang.await();
        }

        @Override
        public void abort() {}

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public String activity() {
            return "a call to a test";
        }
    }

    /** What a client's threads work out. */
    private record Answer(CompletableFuture<Object> future) implements CancelHandle {

        Answer() {
            this(new CompletableFuture<>());
        }

        Object join() {
            return future.join();
        }

        @Override
        public void cancel() {
            future.cancel(true);
        }

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public String activity() {
            return "a call to a test";
        }
    }
}
