package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/** Runs code under a budget through a real proxy, without an application around it. */
public final class Timed implements AutoCloseable {

    public static final Duration GRACE = Duration.ofMillis(200);

    private final List<TimeoutExceededException> reports = new CopyOnWriteArrayList<>();
    private final Watchdog watchdog;

    public Timed() {
        this(GRACE);
    }

    /** With a long grace period, a cut that comes a grace period late cannot be mistaken for one in time. */
    public Timed(Duration grace) {
        this(grace, Duration.ofMinutes(5));
    }

    public Timed(Duration grace, Duration commitTimeout) {
        watchdog = new Watchdog(grace, commitTimeout, reports::add);
    }

    /** The calls that were cut. */
    public List<TimeoutExceededException> reports() {
        return reports;
    }

    public <T> T call(Duration budget, Callable<T> work) throws Exception {
        return call("Test." + budget.toMillis(), budget, true, work);
    }

    public <T> T callUninterrupted(Duration budget, Callable<T> work) throws Exception {
        return call("Test." + budget.toMillis(), budget, false, work);
    }

    @SuppressWarnings("unchecked")
    private <T> T call(String name, Duration budget, boolean interrupt, Callable<T> work) throws Exception {
        return (T) proxy(name, budget, interrupt, work).call();
    }

    Callable<?> proxy(String name, Duration budget, boolean interrupt, Callable<?> work) {
        ProxyFactory factory = new ProxyFactory();
        factory.setInterfaces(Callable.class);
        factory.setTarget(work);
        factory.addAdvice(new BudgetInterceptor(watchdog, new BudgetPolicy(name, budget.toNanos(), interrupt)));
        return (Callable<?>) factory.getProxy();
    }

    /** A wait that an interrupt ends at once. */
    public static @Nullable Object forever() throws InterruptedException {
        Thread.sleep(Duration.ofMinutes(5).toMillis());
        return null;
    }

    /** Burns time that no interrupt ends. */
    public static void burn(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
