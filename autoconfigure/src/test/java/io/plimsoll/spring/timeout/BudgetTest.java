package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Timed timed = new Timed();

    @AfterEach
    void stop() {
        timed.close();
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
        assertThat(Deadline.current()).as("budget left behind").isEmpty();
    }

    @Test
    void aCallThatEndsInTimeIsLeftAlone() throws Exception {
        assertThat(timed.call(LONG, () -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> timed.call(LONG, () -> {
                    throw new IOException("its own");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("its own");
    }

    @Test
    void aCallThatDoesNotEndIsCutAndSaysWhoseBudgetItWas() {
        assertThatThrownBy(() -> timed.call(SHORT, Timed::forever))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> {
                    assertThat(e.budget()).isEqualTo(SHORT);
                    assertThat(e.elapsed()).isGreaterThanOrEqualTo(SHORT);
                    assertThat(e.method()).isEqualTo("Test.100");
                    assertThat(e.activity()).isEqualTo("the application's own code");
                })
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptThatIsSwallowedIsATimeoutAllTheSame() {
        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    try {
                        return Timed.forever();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return "as if nothing had happened";
                    }
                }))
                .isInstanceOf(TimeoutExceededException.class);
    }

    @Test
    void codeThatGoesOnAfterAnInterruptIsInterruptedAgain() {
        AtomicInteger interrupts = new AtomicInteger();

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    while (interrupts.get() < 3) {
                        try {
                            Timed.forever();
                        } catch (InterruptedException e) {
                            interrupts.incrementAndGet();
                        }
                    }
                    return null;
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(interrupts).hasValue(3);
    }

    @Test
    void codeThatAsksNotToBeInterruptedIsCutAtItsNextCheck() {
        AtomicInteger interrupts = new AtomicInteger();

        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    Timed.burn(SHORT.multipliedBy(5));
                    interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                    Deadline.current().orElseThrow().check();
                    return "never reached";
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(interrupts).hasValue(0);
    }

    /** Each method says it for its own code. */
    @Test
    void anInnerMethodThatMayBeInterruptedIsAlsoUnderACallerThatMayNot() {
        assertThatThrownBy(() -> timed.callUninterrupted(LONG, () -> timed.call(SHORT, Timed::forever)))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.elapsed())
                        .isLessThan(LONG))
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void twoThatEndTogetherAreReportedOnceAsTheCallers() {
        assertThatThrownBy(() -> timed.callUninterrupted(
                        SHORT.multipliedBy(2),
                        () -> timed.callUninterrupted(SHORT, () -> {
                            Timed.burn(SHORT.multipliedBy(3));
                            return null;
                        })))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                        .isEqualTo("Test.200"));

        assertThat(timed.reports()).singleElement().satisfies(e -> assertThat(e.method())
                .isEqualTo("Test.200"));
    }

    @Test
    void anInterruptFromElsewhereBetweenTwoCutsSurvivesTheSecond() throws Exception {
        timed.call(LONG, () -> {
            assertThatThrownBy(() -> timed.call(SHORT, Timed::forever)).isInstanceOf(TimeoutExceededException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> timed.call(SHORT, () -> {
                        Timed.burn(SHORT.multipliedBy(3));
                        return null;
                    }))
                    .isInstanceOf(TimeoutExceededException.class);
            return null;
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    /** Ours was held back on the way out, and is nobody's any more. */
    @Test
    void aCutWithinCodeThatMayNotBeInterruptedLeavesNoInterruptBehind() throws Exception {
        timed.callUninterrupted(LONG, () -> {
            assertThatThrownBy(() -> timed.call(SHORT, () -> {
                        Timed.burn(SHORT.multipliedBy(2));
                        return null;
                    }))
                    .isInstanceOf(TimeoutExceededException.class);
            return null;
        });

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptFromElsewhereSurvives() throws Exception {
        String result = timed.call(LONG, () -> {
            Thread.currentThread().interrupt();
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptFromElsewhereThatCameFirstSurvivesATimeout() {
        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    Thread.currentThread().interrupt();
                    Timed.burn(SHORT.multipliedBy(3));
                    return "too late";
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void underNestedBudgetsTheOneWithTheLeastTimeRules() {
        assertThatThrownBy(() -> timed.call(SHORT, () -> timed.call(LONG, Timed::forever)))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.budget())
                        .isEqualTo(SHORT));
        assertThatThrownBy(() -> timed.call(LONG, () -> timed.call(SHORT, Timed::forever)))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.budget())
                        .isEqualTo(SHORT));
    }

    @Test
    void anInnerCatchDoesNotSwallowTheOutersExpiry() {
        assertThatThrownBy(() -> timed.call(
                        SHORT,
                        () -> timed.call(LONG, () -> {
                            try {
                                return Timed.forever();
                            } catch (Exception e) {
                                return "swallowed";
                            }
                        })))
                .isInstanceOf(TimeoutExceededException.class);
    }

    @Test
    void anInnerExpiryThatIsCaughtLeavesTheOuterItsTime() throws Exception {
        String result = timed.call(LONG, () -> {
            try {
                return (String) timed.call(SHORT, Timed::forever);
            } catch (TimeoutExceededException e) {
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                // Throws if an interrupt is left over.
                Thread.sleep(5);
                return "fallback";
            }
        });

        assertThat(result).isEqualTo("fallback");
    }

    /** Each attempt of a retry, say: that an earlier one was cut must not buy a later one a grace period. */
    @Test
    void aCallIsCutInTimeAlsoIfAnotherWasJustCutInTheSameCaller() throws Exception {
        try (Timed patient = new Timed(LONG.multipliedBy(4))) {
            patient.call(LONG.multipliedBy(2), () -> {
                for (int attempt = 0; attempt < 3; attempt++) {
                    assertThatThrownBy(() -> patient.call(Duration.ofMillis(20), Timed::forever))
                            .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.elapsed())
                                    .isLessThan(LONG));
                }
                return null;
            });
        }
    }

    @Test
    void aCallerThatIsSpentWhileItsCallUnwindsIsCutAsSoonAsThatHasLeft() {
        long started = System.nanoTime();

        try (Timed patient = new Timed(LONG.multipliedBy(4))) {
            assertThatThrownBy(() -> patient.call(SHORT.multipliedBy(2), () -> {
                        assertThatThrownBy(() -> patient.call(SHORT, () -> {
                                    try {
                                        return Timed.forever();
                                    } finally {
                                        Timed.burn(SHORT.multipliedBy(2));
                                    }
                                }))
                                .isInstanceOf(TimeoutExceededException.class);
                        return Timed.forever();
                    }))
                    .isInstanceOf(TimeoutExceededException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONG);
    }

    /** The wait for a connection may be interrupted; what comes after it in such a method may not. */
    @Test
    void codeThatAsksNotToBeInterruptedSeesNoInterruptAfterWorkThatMayBe() throws Exception {
        AtomicInteger interrupts = new AtomicInteger();

        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    CancelStack stack = ((Budget) Deadline.current().orElseThrow()).stack();
                    stack.push(new InterruptHandle("code", "a wait"));
                    Timed.burn(SHORT.multipliedBy(2));
                    interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                    stack.pop();
                    interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 10 : 0);
                    return null;
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(interrupts).hasValue(1);
    }

    @Test
    void workThatAnInterruptWouldHarmDoesNotSeeOneThatIsPending() {
        AtomicInteger interrupts = new AtomicInteger();

        assertThatThrownBy(() -> timed.call(SHORT, () -> {
                    Timed.burn(SHORT.multipliedBy(2));
                    interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                    CancelStack stack = ((Budget) Deadline.current().orElseThrow()).stack();
                    stack.push(new UninterruptibleHandle("code", "a wire call"));
                    interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 10 : 0);
                    stack.pop();
                    return null;
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(interrupts).hasValue(1);
    }

    /** A server that has gone silent holds up the cancels of its own calls, for a grace period, and of no others. */
    @Test
    void cancelsThatHangHoldUpNoOthers() throws Exception {
        CountDownLatch silent = new CountDownLatch(1);
        try {
            List<Duration> elapsed = Threads.PLATFORM.run(150, () -> {
                try {
                    timed.call(SHORT, () -> {
                        CancelStack stack = Budget.ofThread().stack();
                        Hanging call = new Hanging(silent);
                        stack.push(call);
                        call.aborted.await();
                        stack.pop();
                        return null;
                    });
                    return Duration.ZERO;
                } catch (TimeoutExceededException e) {
                    return e.elapsed();
                }
            });
            assertThat(elapsed).allSatisfy(time -> assertThat(time).isBetween(SHORT, Duration.ofSeconds(3)));
        } finally {
            silent.countDown();
        }
    }

    private record Hanging(CountDownLatch silent, CountDownLatch aborted) implements CancelHandle {

        Hanging(CountDownLatch silent) {
            this(silent, new CountDownLatch(1));
        }

        @Override
        public void cancel() throws InterruptedException {
            silent.await(10, TimeUnit.SECONDS);
        }

        @Override
        public void abort() {
            aborted.countDown();
        }

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public String activity() {
            return "a call to a silent server";
        }
    }

    @Test
    void whenInnerAndOuterAreSpentTheOuterIsNamed() {
        assertThatThrownBy(() -> timed.callUninterrupted(
                        SHORT.multipliedBy(2),
                        () -> timed.callUninterrupted(SHORT, () -> {
                            Timed.burn(SHORT.multipliedBy(4));
                            return null;
                        })))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.method())
                        .isEqualTo("Test.200"));
    }

    @Test
    void aSpentBudgetStartsNoFurtherCall() {
        AtomicInteger started = new AtomicInteger();

        assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                    Timed.burn(SHORT.multipliedBy(2));
                    return timed.call(LONG, started::incrementAndGet);
                }))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(started).hasValue(0);
    }

    @Test
    void userCodeSeesWhatIsLeft() throws Exception {
        Duration left = timed.call(
                LONG,
                () -> timed.call(SHORT, () -> Deadline.current().orElseThrow().remaining()));

        assertThat(left).isPositive().isLessThanOrEqualTo(SHORT);
    }

    /** Proof 1 of the protocol. */
    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void callsThatEndAroundTheirDeadlineLeaveNoInterruptBehind(Threads threads) throws Exception {
        int calls = Integer.getInteger("plimsoll.test.handshakes", 20_000);
        Duration budget = Duration.ofNanos(300_000);

        List<int[]> outcomes = threads.run(4, () -> {
            int[] outcome = new int[2];
            for (int i = 0; i < calls / 4; i++) {
                long work = budget.toNanos() + ThreadLocalRandom.current().nextLong(-100_000, 100_000);
                try {
                    timed.call(budget, () -> {
                        Timed.burn(Duration.ofNanos(work));
                        return null;
                    });
                    outcome[0]++;
                } catch (TimeoutExceededException e) {
                    outcome[1]++;
                }
                requireNoInterrupt("on return");
                if (i % 50 == 0) {
                    Timed.burn(Duration.ofMillis(1));
                    requireNoInterrupt("1 ms later");
                }
            }
            return outcome;
        });

        assertThat(outcomes).as("calls that ended in time").anyMatch(outcome -> outcome[0] > 0);
        assertThat(outcomes).as("calls that were cut").anyMatch(outcome -> outcome[1] > 0);
    }

    private static void requireNoInterrupt(String when) {
        if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("interrupt flag set " + when);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void manyCallsAtOnceAreAllCut(Threads threads) throws Exception {
        int calls = threads == Threads.VIRTUAL ? 5_000 : 200;

        List<Boolean> cut = threads.run(calls, () -> {
            try {
                timed.call(SHORT, Timed::forever);
                return false;
            } catch (TimeoutExceededException e) {
                return !Thread.currentThread().isInterrupted();
            }
        });

        assertThat(cut).hasSize(calls).containsOnly(true);
    }
}
