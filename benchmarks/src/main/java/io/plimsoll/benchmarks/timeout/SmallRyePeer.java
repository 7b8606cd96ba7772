package io.plimsoll.benchmarks.timeout;

import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * SmallRye Fault Tolerance: a guard that is built once and runs the call on the caller's thread, which its timer
 * interrupts. {@code TypedGuard} is what its {@code FaultTolerance.create()}, now deprecated, has become.
 */
final class SmallRyePeer implements MethodInterceptor {

    private final TypedGuard<@Nullable Object> guard;

    SmallRyePeer(Duration timeout) {
        TypedGuard.Builder<@Nullable Object> builder = TypedGuard.create(Object.class);
        guard = builder.withTimeout()
                .duration(timeout.toMillis(), ChronoUnit.MILLIS)
                .done()
                .build();
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Exception {
        return guard.call(() -> Proxies.proceed(invocation));
    }
}
