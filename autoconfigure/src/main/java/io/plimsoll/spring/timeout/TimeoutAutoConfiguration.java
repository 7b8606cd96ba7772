package io.plimsoll.spring.timeout;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.web.servlet.DispatcherServlet;

/** Auto-configuration of {@link io.plimsoll.timeout.Timeout}. */
@AutoConfiguration
@EnableConfigurationProperties(TimeoutProperties.class)
public final class TimeoutAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Watchdog plimsollWatchdog(TimeoutProperties properties) {
        return new Watchdog(properties.cancelGrace());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BudgetStageProvider plimsollBudgetStageProvider(Watchdog watchdog, Environment environment) {
        return new BudgetStageProvider(watchdog, environment);
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

    /** Only where there is Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DispatcherServlet.class)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static final class Web {

        @Bean
        TimeoutProblemAdvice plimsollTimeoutProblemAdvice() {
            return new TimeoutProblemAdvice();
        }
    }
}
