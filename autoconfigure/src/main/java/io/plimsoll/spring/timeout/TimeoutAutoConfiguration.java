package io.plimsoll.spring.timeout;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Auto-configuration of {@link io.plimsoll.timeout.Timeout}. */
@AutoConfiguration
@EnableConfigurationProperties(TimeoutProperties.class)
public final class TimeoutAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Watchdog plimsollWatchdog(TimeoutProperties properties, ObjectProvider<TimeoutReport> reports) {
        return new Watchdog(properties.cancelGrace(), properties.commitTimeout(), cut -> reports.orderedStream()
                .forEach(report -> report.cut(cut)));
    }

    @Bean
    TimeoutLog plimsollTimeoutLog() {
        return new TimeoutLog();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static StartUpChecks plimsollTimeoutStartUpChecks(Environment environment) {
        return new StartUpChecks(environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BudgetStageProvider plimsollBudgetStageProvider(
            Watchdog watchdog, Environment environment, StartUpChecks checks) {
        return new BudgetStageProvider(watchdog, environment, checks);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BudgetDataSourcePostProcessor plimsollBudgetDataSourcePostProcessor() {
        return new BudgetDataSourcePostProcessor();
    }

    /** Only where there are Spring transactions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConfigurableTransactionManager.class)
    static final class Transactions {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static CommitGatePostProcessor plimsollCommitGatePostProcessor() {
            return new CommitGatePostProcessor();
        }
    }

    /** Boot takes all there are; an application that injects a decorator means its own. */
    @Bean
    @Fallback
    BudgetTaskDecorator plimsollBudgetTaskDecorator() {
        return new BudgetTaskDecorator();
    }

    /** Only where there is Micrometer's context propagation. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ContextRegistry.class)
    static final class Propagation {

        /** For the whole JVM, as the registry is. */
        Propagation() {
            ContextRegistry.getInstance().registerThreadLocalAccessor(new DeadlineAccessor());
        }
    }

    /** Only where there is Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static final class Observations {

        @Bean
        TimeoutObservation plimsollTimeoutObservation(ObjectProvider<ObservationRegistry> registry) {
            return new TimeoutObservation(() -> registry.getIfAvailable(() -> ObservationRegistry.NOOP));
        }
    }

    /** Only where there is Spring MVC or WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ProblemDetail.class)
    @ConditionalOnWebApplication
    static final class Web {

        @Bean
        TimeoutProblem plimsollTimeoutProblem(TimeoutProperties properties) {
            return new TimeoutProblem(properties.problemDetail());
        }

        @Bean
        TimeoutProblemAdvice plimsollTimeoutProblemAdvice(TimeoutProblem problem) {
            return new TimeoutProblemAdvice(problem);
        }
    }
}
