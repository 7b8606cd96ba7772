package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.timeout.entrypoints.PackageTimed;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

class TimeoutAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(WeavingAutoConfiguration.class, TimeoutAutoConfiguration.class));

    @Test
    void theInnermostDeclarationRules() {
        runner.withBean(Service.class).run(context -> {
            Service service = context.getBean(Service.class);
            assertThat(service.onType()).contains(Duration.ofSeconds(30));
            assertThat(service.onMethod()).contains(Duration.ofSeconds(20));
            assertThat(service.optedOut()).isEmpty();
            assertThat(service.byTeam()).contains(Duration.ofSeconds(7));
        });
    }

    @Test
    void aTypeCoversEntryPointsThatAreNotPublic() {
        runner.withBean(Handlers.class).run(context -> {
            assertThat(context.getBean(Handlers.class).handle()).contains(Duration.ofSeconds(8));
            assertThat(context.getBean(Handlers.class).help()).isEmpty();
        });
    }

    @Test
    void aPackageAlsoCoversWhatASubclassElsewhereInherits() {
        runner.withBean(Inheriting.class)
                .run(context -> assertThat(context.getBean(Inheriting.class).scheduled())
                        .isPresent());
    }

    @Test
    void aPackageCoversEntryPointsOnly() {
        runner.withBean(PackageTimed.class).run(context -> {
            PackageTimed bean = context.getBean(PackageTimed.class);
            assertThat(bean.scheduled()).isPresent();
            assertThat(bean.helper()).isEmpty();
        });
    }

    @Test
    void aPlaceholderIsResolvedAtStartUp() {
        runner.withBean(Configured.class)
                .withPropertyValues("orders.timeout=11s")
                .run(context ->
                        assertThat(context.getBean(Configured.class).call()).contains(Duration.ofSeconds(11)));
    }

    @Test
    void aPlaceholderWithoutAValueIsNamedAtStartUp() {
        failure(runner.withBean(Configured.class))
                .hasMessageContaining("\"${orders.timeout}\" cannot be the budget of @Timeout for "
                        + Configured.class.getName() + ".call");
    }

    @Test
    void aPlaceholderWithABadValueIsNamedAtStartUp() {
        failure(runner.withBean(Configured.class).withPropertyValues("orders.timeout=soon"))
                .hasMessageContaining("${orders.timeout}")
                .hasMessageContaining(Configured.class.getName() + ".call")
                .hasMessageContaining("\"soon\" is not a duration");
        failure(runner.withBean(Configured.class).withPropertyValues("orders.timeout=-1s"))
                .hasMessageContaining("It comes to -1s, and it must be positive");
    }

    @Test
    void workThatGoesOnAfterTheMethodReturnedIsRefused() {
        failure(runner.withBean(Promising.class))
                .hasMessageContaining(Promising.class.getName() + ".later, which returns Callable")
                .hasMessageContaining("Return a CompletionStage, Mono or Flux")
                .hasMessageContaining("put @Timeout on the blocking method");
    }

    @Test
    void alsoInsideAResponseEntity() {
        failure(runner.withBean(Streaming.class))
                .hasMessageContaining(Streaming.class.getName() + ".download, which returns StreamingResponseBody");
    }

    @Test
    void aDataSourceThatAnotherPostProcessorNeedsIsWatchedToo() {
        runner.withUserConfiguration(NeedsDataSourceEarly.class)
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(DataSource.class)))
                        .isTrue());
    }

    @Test
    void workThatSpringRunsOnAnotherThreadIsUnderItsBudgetThere() {
        runner.withBean(Deferred.class)
                .withUserConfiguration(AsyncConfiguration.class)
                .run(context -> assertThat(
                                context.getBean(Deferred.class).later().get(10, TimeUnit.SECONDS))
                        .contains(Duration.ofSeconds(9)));
    }

    @Test
    void aGracePeriodThatIsNoneIsNamed() {
        runner.withPropertyValues("plimsoll.timeout.cancel-grace=0s").run(context -> assertThat(context)
                .getFailure()
                .hasStackTraceContaining("plimsoll.timeout.cancel-grace")
                .hasStackTraceContaining("A grace period must be positive"));
    }

    private static AbstractThrowableAssert<?, ?> failure(ApplicationContextRunner runner) {
        AbstractThrowableAssert<?, ?>[] root = new AbstractThrowableAssert<?, ?>[1];
        runner.run(context ->
                root[0] = assertThat(context).getFailure().rootCause().isInstanceOf(BrokenPromiseException.class));
        return root[0];
    }

    /** The budget that is in force, told from what is left of it. */
    public static Optional<Duration> budgetInForce() {
        return Deadline.current()
                .map(deadline ->
                        Duration.ofSeconds(deadline.remaining().plusMillis(900).toSeconds()));
    }

    @Timeout("30s")
    static class Service {

        public Optional<Duration> onType() {
            return budgetInForce();
        }

        @Timeout("20s")
        public Optional<Duration> onMethod() {
            return budgetInForce();
        }

        @NoTimeout(reason = "runs as long as it takes")
        public Optional<Duration> optedOut() {
            return budgetInForce();
        }

        @TeamWrite(timeout = "7s")
        public Optional<Duration> byTeam() {
            return budgetInForce();
        }
    }

    @Timeout("8s")
    static class Handlers {

        @GetMapping
        Optional<Duration> handle() {
            return budgetInForce();
        }

        Optional<Duration> help() {
            return budgetInForce();
        }
    }

    static class Inheriting extends PackageTimed {}

    @Timeout("1s")
    @Retention(RetentionPolicy.RUNTIME)
    @interface TeamWrite {

        @AliasFor(annotation = Timeout.class, attribute = "value")
        String timeout();
    }

    static class Configured {

        @Timeout("${orders.timeout}")
        public Optional<Duration> call() {
            return budgetInForce();
        }
    }

    @SuppressWarnings("plimsoll:ConflictingPromises")
    static class Promising {

        @Timeout("9s")
        public Callable<Optional<Duration>> later() {
            return TimeoutAutoConfigurationTest::budgetInForce;
        }
    }

    @SuppressWarnings("plimsoll:ConflictingPromises")
    static class Streaming {

        @GetMapping
        @Timeout("9s")
        public ResponseEntity<StreamingResponseBody> download() {
            return ResponseEntity.ok(out -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsDataSourceEarly {

        @Bean
        static DataSource dataSource() {
            return new DriverManagerDataSource("jdbc:h2:mem:early");
        }

        @Bean
        static BeanPostProcessor needsIt(DataSource dataSource) {
            return new BeanPostProcessor() {};
        }
    }

    static class Deferred {

        @Async
        @Timeout("9s")
        public CompletableFuture<Optional<Duration>> later() {
            return CompletableFuture.completedFuture(budgetInForce());
        }
    }

    @EnableAsync
    static class AsyncConfiguration {}
}
