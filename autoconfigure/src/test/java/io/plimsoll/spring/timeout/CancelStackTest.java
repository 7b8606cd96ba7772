package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancelStackTest {

    private final Watchdog watchdog = new Watchdog(Duration.ofMinutes(1), Duration.ofMinutes(1), cut -> {});

    /** Only a cancel that may hang is abandoned once the work was ended by force: an interrupt would come too late. */
    @Test
    void anInterruptUnderWayIsWaitedForHoweverOftenOneWasSentBefore() throws Exception {
        Budget budget = watchdog.start(
                new BudgetPolicy("Test", Duration.ofMinutes(1).toNanos(), true), System.nanoTime(), null);
        CancelStack stack = budget.stack();
        CountDownLatch third = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger strikes = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        try {
            stack.push(new Interrupting(() -> {
                if (strikes.incrementAndGet() == 3) {
                    third.countDown();
                    goOn.await();
                    late.set(over.get());
                }
            }));
            stack.strike(budget, 0);
            stack.strike(budget, 0);
            assertThat(Thread.interrupted()).isTrue();
            Thread striker = new Thread(() -> stack.strike(budget, 0));
            striker.start();
            third.await();
            Thread later = new Thread(() -> {
                Timed.burn(Duration.ofMillis(200));
                goOn.countDown();
            });
            later.start();

            stack.pop();
            over.set(true);
            assertThat(Thread.interrupted()).as("the third strike's").isTrue();

            striker.join();
            assertThat(late).as("struck after its work was over").isFalse();
        } finally {
            goOn.countDown();
            budget.end(null);
            watchdog.close();
        }
    }

    /** It would close a connection that could live on; own code, before and afterwards, is to feel it. */
    @Test
    void anInterruptIsKeptFromWorkThatItWouldHarmAndComesBackAfterwards() {
        Budget budget = watchdog.start(
                new BudgetPolicy("Test", Duration.ofMinutes(1).toNanos(), true), System.nanoTime(), null);
        CancelStack stack = budget.stack();
        try {
            stack.strike(budget, 0);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();

            stack.push(new UninterruptibleHandle("test", "a test"));
            assertThat(Thread.currentThread().isInterrupted()).as("held back").isFalse();
            stack.push(new UninterruptibleHandle("test", "within it"));
            stack.pop();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            stack.pop();
            assertThat(Thread.currentThread().isInterrupted()).as("come back").isTrue();
            assertThat(watchdog.disarm(budget))
                    .as("as if the watchdog had taken it")
                    .isTrue();
        } finally {
            assertThatThrownBy(() -> budget.end(null)).isInstanceOf(TimeoutExceededException.class);
            watchdog.close();
        }
        assertThat(Thread.interrupted()).as("ours, and over").isFalse();
    }

    /** What is struck first is what the call was cut in, whatever it does then. */
    @Test
    void theFirstStrikeSaysWhatTheCallWasCutIn() {
        Budget budget = watchdog.start(
                new BudgetPolicy("Test", Duration.ofMinutes(1).toNanos(), true), System.nanoTime(), null);
        CancelStack stack = budget.stack();
        try {
            stack.push(new UninterruptibleHandle("first", "the first"));
            stack.strike(budget, 0);
            stack.pop();
            stack.push(new UninterruptibleHandle("second", "the second"));
            stack.strike(budget, 0);
            stack.pop();
            assertThat(watchdog.disarm(budget))
                    .as("as if the watchdog had taken it")
                    .isTrue();

            assertThatThrownBy(() -> budget.end(null))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.activity())
                            .isEqualTo("the first"));
        } finally {
            watchdog.close();
        }
    }

    /** A crowd is struck by one thread: what can block must not be done by that. */
    @Test
    void aStrikeAtOwnCodeLeavesAnythingElseAlone() {
        Budget budget = watchdog.start(
                new BudgetPolicy("Test", Duration.ofMinutes(1).toNanos(), true), System.nanoTime(), null);
        AtomicInteger cancels = new AtomicInteger();
        try {
            budget.stack().push(new Interrupting(cancels::incrementAndGet));
            assertThat(budget.stack().strikeOwnCode(budget, 0)).isFalse();
            assertThat(cancels).hasValue(0);
            assertThat(Thread.interrupted()).isFalse();
            budget.stack().pop();

            assertThat(budget.stack().strikeOwnCode(budget, 0)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            budget.end(null);
            watchdog.close();
        }
    }

    /** Stands for {@link InterruptHandle}, and can be held in the middle. */
    private record Interrupting(Step step) implements CancelHandle {

        interface Step {

            void run() throws Exception;
        }

        @Override
        public void cancel() throws Exception {
            step.run();
        }

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public String activity() {
            return "a test";
        }

        @Override
        public boolean interruptible() {
            return true;
        }
    }
}
