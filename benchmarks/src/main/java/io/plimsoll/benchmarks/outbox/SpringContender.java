package io.plimsoll.benchmarks.outbox;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A contender that is a starter: its auto-configurations, imported by name, and those of Spring Boot that they need. */
abstract class SpringContender implements Contender {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final TransactionTemplate transaction;

    SpringContender(DataSource dataSource, Map<String, Object> properties, Class<?> starter, Object handler) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("benchmark", properties));
        // Not this context's to close.
        context.registerBean(DataSource.class, () -> new DelegatingDataSource(dataSource));
        register(handler.getClass(), handler);
        context.register(Application.class, starter);
        context.refresh();
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private <T> void register(Class<T> type, Object handler) {
        context.registerBean(type, () -> type.cast(handler));
    }

    final ApplicationEventPublisher publisher() {
        return context;
    }

    final <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public final TransactionTemplate transaction() {
        return transaction;
    }

    @Override
    public final JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    /** All that has a life of its own. */
    @Override
    public void pause() {
        context.stop();
    }

    @Override
    public final void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        TaskExecutionAutoConfiguration.class,
        TaskSchedulingAutoConfiguration.class
    })
    static class Application {}
}
