package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;

/**
 * Runs a task under the rest of the budget of the thread that submitted it: {@code @Async} methods, {@code
 * CompletableFuture}s on Spring's executors. What the task is doing at the deadline is ended on its own thread.
 *
 * <p>A task that begins late still begins: nobody could tell the future behind it otherwise. Its first call is refused,
 * and its own code interrupted at once.
 *
 * <p>Not carried: what a scheduler is to run periodically, which would be cut for ever after, or later than the deadline,
 * which is no part of the call.
 */
final class BudgetTaskDecorator implements TaskDecorator {

    @Override
    public Runnable decorate(Runnable task) {
        Budget budget = Budget.ofThread();
        return budget == null || isForLater(task, budget) ? task : new CarriedTask(task, budget.terms());
    }

    private static boolean isForLater(Runnable task, Budget budget) {
        return task instanceof RunnableScheduledFuture<?> scheduled
                && (scheduled.isPeriodic()
                        || scheduled.getDelay(TimeUnit.NANOSECONDS) >= Math.max(1, budget.remainingNanos()));
    }

    private record CarriedTask(Runnable task, Terms terms) implements Runnable {

        @Override
        public void run() {
            Budget rest = terms.watchdog().resume(terms);
            if (rest == null) {
                task.run();
                return;
            }
            Throwable failure = null;
            try {
                task.run();
            } catch (Throwable e) {
                failure = e;
                throw e;
            } finally {
                end(rest, failure);
            }
        }

        /** A task that keeps its failure to itself, as the one behind a future does, has told who waits for it. */
        private static void end(Budget rest, @Nullable Throwable failure) {
            try {
                rest.end(failure);
            } catch (TimeoutExceededException cut) {
                if (failure != null) {
                    throw cut;
                }
            }
        }
    }
}
