package io.plimsoll.benchmarks.timeout;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Timeout;
import java.time.Duration;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Failsafe: an executor that is built once and runs the call on the caller's thread, which its scheduler interrupts. Its
 * timeouts take no other scheduler than the built-in one.
 */
final class FailsafePeer implements MethodInterceptor {

    private final FailsafeExecutor<@Nullable Object> executor;

    FailsafePeer(Duration timeout) {
        Timeout<@Nullable Object> policy =
                Timeout.<@Nullable Object>builder(timeout).withInterrupt().build();
        executor = Failsafe.with(policy);
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) {
        return executor.get(invocation::proceed);
    }
}
