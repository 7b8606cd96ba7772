package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Bounds a method that returns a {@link CompletionStage}, from its call to the completion of the stage. What the method
 * does before it returns is bounded on the caller's thread, what goes on after that by failing the stage and cancelling
 * the original.
 */
final class FutureBudgetInterceptor implements MethodInterceptor {

    private final Watchdog watchdog;
    private final BudgetPolicy policy;
    private final BudgetInterceptor untilItReturns;

    FutureBudgetInterceptor(Watchdog watchdog, BudgetPolicy policy) {
        this.watchdog = watchdog;
        this.policy = policy;
        this.untilItReturns = new BudgetInterceptor(watchdog, policy);
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        long now = System.nanoTime();
        Object result;
        try {
            result = untilItReturns.invoke(invocation);
        } catch (TimeoutExceededException cut) {
            return CompletableFuture.failedFuture(cut);
        }
        return result instanceof CompletionStage<?> stage ? bound(stage, watchdog.terms(policy, now)) : result;
    }

    private <T> CompletionStage<T> bound(CompletionStage<T> stage, Terms terms) {
        CompletableFuture<T> original = stage.toCompletableFuture();
        if (original.isDone()) {
            return stage;
        }
        CompletableFuture<T> bounded = new CompletableFuture<>();
        AtomicBoolean decided = new AtomicBoolean();
        // The JDK's one timer thread; completing it otherwise takes it off the timer. What depends on the result runs
        // on a
        // thread of its own: on that one, or in the common pool, it could hold up other timeouts.
        CompletableFuture<Void> deadline = new CompletableFuture<Void>()
                .completeOnTimeout(null, Math.max(0, terms.remainingNanos()), TimeUnit.NANOSECONDS);
        deadline.thenRunAsync(
                () -> {
                    if (decided.compareAndSet(false, true)) {
                        cut(original, bounded, terms);
                    }
                },
                watchdog::runOther);
        original.whenComplete((value, failure) -> {
            if (!decided.compareAndSet(false, true)) {
                return;
            }
            deadline.cancel(false);
            if (failure == null) {
                bounded.complete(value);
            } else {
                bounded.completeExceptionally(failure);
            }
        });
        bounded.whenComplete((value, failure) -> {
            deadline.cancel(false);
            if (failure != null) {
                original.cancel(true);
            }
        });
        return bounded;
    }

    /** First what must happen, then whatever depends on the result, which may block. */
    private <T> void cut(CompletableFuture<T> original, CompletableFuture<T> bounded, Terms terms) {
        TimeoutExceededException cut = terms.expired();
        if (!bounded.isDone() && terms.mayReport()) {
            watchdog.report(cut);
        }
        original.cancel(true);
        bounded.completeExceptionally(cut);
    }

    @Override
    public String toString() {
        return untilItReturns.toString();
    }
}
