package io.plimsoll.spring.timeout;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.timeout.Deadline;
import java.time.Duration;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs one method under its budget, on the caller's thread. */
final class BudgetInterceptor implements MethodInterceptor {

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
            return outer.isCarried() ? withinCarried(invocation, outer, now) : proceed(invocation, outer);
        }
        return within(
                invocation,
                around instanceof Terms cap && cap.endsBefore(now + policy.nanos())
                        ? watchdog.start(cap)
                        : watchdog.start(policy, now, around));
    }

    private @Nullable Object within(MethodInvocation invocation, Budget budget) throws Throwable {
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

    /** What came with the task rules, but the method may {@linkplain Deadline#detach} from it: then its own does. */
    private @Nullable Object withinCarried(MethodInvocation invocation, Budget outer, long now) throws Throwable {
        Budget own = watchdog.start(policy, now, outer);
        Object result;
        try {
            Budget rest = watchdog.resume(outer.terms());
            result = rest == null ? proceed(invocation, own) : within(invocation, rest);
        } catch (Throwable failure) {
            own.end(failure);
            throw failure;
        }
        own.end(null);
        return result;
    }

    private @Nullable Object proceed(MethodInvocation invocation, Budget budget) throws Throwable {
        if (!budget.stack().pushOwnCode(policy.interrupt())) {
            return invocation.proceed();
        }
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
