package io.plimsoll.benchmarks;

import io.plimsoll.timeout.Timeout;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
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
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What {@code @Timeout} costs a call, over the same call through a Spring proxy whose only interceptor passes it on.
 *
 * <p>The promise: at most 100 ns more, for a nested pair at most 100 ns more per level.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TimeoutBenchmark {

    private ConfigurableApplicationContext context;
    private Work bare;
    private Work timed;
    private Caller bareCaller;
    private Caller sameBudgetCaller;
    private Caller shorterBudgetCaller;

    @Setup
    public void start() {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=warn")
                .run();
        bare = bareProxy(new Work());
        timed = context.getBean(TimedWork.class);
        bareCaller = bareProxy(new Caller(bare));
        sameBudgetCaller = context.getBean(TimedCaller.class);
        shorterBudgetCaller = context.getBean(PatientCaller.class);
    }

    @TearDown
    public void stop() {
        context.close();
    }

    @SuppressWarnings("unchecked")
    private static <T> T bareProxy(T target) {
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
        return (T) factory.getProxy();
    }

    @Benchmark
    public int bare() {
        return bare.twice(21);
    }

    @Benchmark
    public int timed() {
        return timed.twice(21);
    }

    @Benchmark
    public int nestedBare() {
        return bareCaller.call(21);
    }

    /** The inner call has no less time than the outer: the outer budget rules. */
    @Benchmark
    public int nestedCallerRules() {
        return sameBudgetCaller.call(21);
    }

    /** The inner call has less time than the outer: two budgets are armed. */
    @Benchmark
    public int nestedBothArmed() {
        return shorterBudgetCaller.call(21);
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
    @Import({TimedWork.class, TimedCaller.class, PatientCaller.class})
    static class Application {}
}
