package io.plimsoll.benchmarks.timeout;

import io.plimsoll.timeout.Timeout;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What {@code @Timeout} costs a call, over the same call through a Spring proxy whose only interceptor passes it on; and
 * what its peers cost there.
 *
 * <p>The promise: at most 100 ns more, nesting included.
 *
 * <p>Every contender is the one interceptor of such a proxy. What can be built once is built once; per call a peer is
 * handed the invocation as a lambda, as its own Spring or CDI interceptor does it. Before a contender is measured it
 * must cut a call that never ends. Each is alone in its JVM, so none spoils the type profiles of another.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TimeoutBenchmark {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Benchmark
    public int bare(Bare bare) {
        return bare.work.twice(21);
    }

    @Benchmark
    public int timed(Plimsoll plimsoll) {
        return plimsoll.work.twice(21);
    }

    @Benchmark
    public int smallRye(SmallRye peer) {
        return peer.work().twice(21);
    }

    @Benchmark
    public int failsafe(Failsafe peer) {
        return peer.work().twice(21);
    }

    @Benchmark
    public int resilience4j(Resilience4j peer) {
        return peer.work().twice(21);
    }

    @Benchmark
    public int nestedBare(Bare bare) {
        return bare.caller.call(21);
    }

    /** The inner call has no less time than the outer: the outer budget rules. */
    @Benchmark
    public int nestedCallerRules(Plimsoll plimsoll) {
        return plimsoll.sameBudgetCaller.call(21);
    }

    /** The inner call has less time than the outer: two budgets are armed. */
    @Benchmark
    public int nestedBothArmed(Plimsoll plimsoll) {
        return plimsoll.shorterBudgetCaller.call(21);
    }

    @Benchmark
    public int nestedSmallRye(SmallRye peer) {
        return peer.caller().call(21);
    }

    /** Proxies that bound nothing. */
    @State(Scope.Benchmark)
    public static class Bare {

        private final Work work = Proxies.bare(new Work());
        private final Caller caller = Proxies.bare(new Caller(work));
    }

    /** Beans of an application with Plimsoll. */
    @State(Scope.Benchmark)
    public static class Plimsoll {

        private ConfigurableApplicationContext context;
        private Work work;
        private Caller sameBudgetCaller;
        private Caller shorterBudgetCaller;

        @Setup
        public void start() throws Exception {
            context = new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .properties("spring.main.banner-mode=off", "logging.level.root=error")
                    .run();
            work = context.getBean(TimedWork.class);
            sameBudgetCaller = context.getBean(TimedCaller.class);
            shorterBudgetCaller = context.getBean(PatientCaller.class);
            Sleeper sleeper = context.getBean(Sleeper.TimedSleeper.class);
            Sleeper target = (Sleeper) Objects.requireNonNull(AopProxyUtils.getSingletonTarget(sleeper));
            target.requireCut(sleeper, TimeoutExceededException.class);
        }

        @TearDown
        public void stop() {
            context.close();
        }
    }

    /** See {@link SmallRyePeer}. */
    @State(Scope.Benchmark)
    public static class SmallRye extends Peer {

        public SmallRye() {
            super(SmallRyePeer::new, org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException.class);
        }
    }

    /** See {@link FailsafePeer}. */
    @State(Scope.Benchmark)
    public static class Failsafe extends Peer {

        public Failsafe() {
            super(FailsafePeer::new, dev.failsafe.TimeoutExceededException.class);
        }
    }

    /** See {@link Resilience4jPeer}. */
    @State(Scope.Benchmark)
    public static class Resilience4j extends Peer {

        public Resilience4j() {
            super(Resilience4jPeer::new, java.util.concurrent.TimeoutException.class);
        }
    }

    /** Proxies in which a peer bounds the call. */
    abstract static class Peer {

        private static final Duration MOMENT = Duration.ofMillis(50);

        private final Function<Duration, MethodInterceptor> peer;
        private final Class<? extends Exception> failure;
        private final Work work;
        private final Caller caller;

        Peer(Function<Duration, MethodInterceptor> peer, Class<? extends Exception> failure) {
            this.peer = peer;
            this.failure = failure;
            MethodInterceptor interceptor = peer.apply(TIMEOUT);
            this.work = Proxies.around(new Work(), interceptor);
            this.caller = Proxies.around(new Caller(work), interceptor);
        }

        @Setup
        public void requireCut() throws Exception {
            Sleeper sleeper = new Sleeper();
            sleeper.requireCut(Proxies.around(sleeper, peer.apply(MOMENT)), failure);
        }

        Work work() {
            return work;
        }

        Caller caller() {
            return caller;
        }
    }

    /** Work of no length. */
    public static class Work {

        public int twice(int number) {
            return number * 2;
        }
    }

    /** The same under a budget. */
    public static class TimedWork extends Work {

        @Override
        @Timeout("2s")
        public int twice(int number) {
            return number * 2;
        }
    }

    /** Calls work. */
    public static class Caller {

        private final Work work;

        public Caller(Work work) {
            this.work = work;
        }

        public int call(int number) {
            return work.twice(number);
        }
    }

    /** Calls work with as much time as the work has. */
    public static class TimedCaller extends Caller {

        public TimedCaller(TimedWork work) {
            super(work);
        }

        @Override
        @Timeout("2s")
        public int call(int number) {
            return super.call(number);
        }
    }

    /** Calls work with more time than the work has. */
    public static class PatientCaller extends Caller {

        public PatientCaller(TimedWork work) {
            super(work);
        }

        @Override
        @Timeout("10s")
        public int call(int number) {
            return super.call(number);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        io.plimsoll.spring.weaving.WeavingAutoConfiguration.class,
        io.plimsoll.spring.timeout.TimeoutAutoConfiguration.class
    })
    @Import({TimedWork.class, TimedCaller.class, PatientCaller.class, Sleeper.TimedSleeper.class})
    static class Application {}
}
