package io.plimsoll.benchmarks.timeout;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Resilience4j: it bounds futures only, so a call that blocks has to be handed to another thread, whose future it
 * cancels. The threads are cached, and warm.
 */
final class Resilience4jPeer implements MethodInterceptor {

    private final TimeLimiter limiter;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    Resilience4jPeer(Duration timeout) {
        limiter = TimeLimiter.of(TimeLimiterConfig.custom()
                .timeoutDuration(timeout)
                .cancelRunningFuture(true)
                .build());
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Exception {
        return limiter.executeFutureSupplier(() -> threads.submit(() -> Proxies.proceed(invocation)));
    }
}
