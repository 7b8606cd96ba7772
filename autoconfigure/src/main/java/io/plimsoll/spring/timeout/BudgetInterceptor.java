package io.plimsoll.spring.timeout;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.timeout.Deadline;
import java.time.Duration;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs one method under its budget, on the caller's thread. */
final class BudgetInterceptor implements MethodInterceptor {

    private static final CancelHandle UNINTERRUPTIBLE = new UninterruptibleHandle(
            CancelStack.OWN_CODE.kind(), "the application's own code, which is not interrupted");

    private final Watchdog watchdog;
    private final BudgetPolicy policy;

    BudgetInterceptor(Watchdog watchdog, BudgetPolicy policy) {
        this.watchdog = watchdog;
        this.policy = policy;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        long now = System.nanoTime();
        Deadline around = Budget.boundOfThread();
        if (around instanceof Budget outer && outer.endsBefore(now + policy.nanos())) {
            outer.check(now);
            return proceed(invocation, outer);
        }
        Budget budget = around instanceof Terms cap && cap.endsBefore(now + policy.nanos())
                ? watchdog.start(cap)
                : watchdog.start(policy, now, around);
        Object result;
        try {
            result = proceed(invocation, budget);
        } catch (Throwable failure) {
            budget.end(failure);
            throw failure;
        }
        budget.end(null);
        return result;
    }

    private @Nullable Object proceed(MethodInvocation invocation, Budget budget) throws Throwable {
        if (policy.interrupt()) {
            return invocation.proceed();
        }
        budget.stack().push(UNINTERRUPTIBLE);
        try {
            return invocation.proceed();
        } finally {
            budget.stack().pop();
        }
    }

    @Override
    public String toString() {
        return DurationParser.format(Duration.ofNanos(policy.nanos()));
    }
}
