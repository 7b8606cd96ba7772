package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.Outbox;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of an application with an outbox. */
final class OutboxApp implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** What is told of a counter: each number once, in order. */
    @SuppressWarnings("plimsoll:UnversionedEvent") // ListenerTest has another one, which is what it tests.
    @EventType(name = "counted", version = 1)
    record Counted(String name, int number) {}

    OutboxApp(DataSource dataSource, OutboxSink sink, String... properties) {
        context.registerBean(OutboxSink.class, () -> sink);
        TestPropertyValues.of("plimsoll.outbox.default-sink=" + sink.name()).applyTo(context);
        start(dataSource, properties);
    }

    private <T> OutboxApp(DataSource dataSource, Class<T> type, Function<JdbcTemplate, T> bean, String... properties) {
        context.registerBean(type, () -> bean.apply(context.getBean(JdbcTemplate.class)));
        start(dataSource, properties);
    }

    /** One without a sink, but with a bean that publishes or listens. */
    static <T> OutboxApp with(
            OutboxDatabase database, Class<T> type, Function<JdbcTemplate, T> bean, String... properties) {
        return with(database.dataSource(), type, bean, properties);
    }

    static <T> OutboxApp with(
            DataSource dataSource, Class<T> type, Function<JdbcTemplate, T> bean, String... properties) {
        return new OutboxApp(dataSource, type, bean, properties);
    }

    /** One with a sink, a bean that publishes, and more configuration. */
    static <T> OutboxApp with(
            OutboxDatabase database,
            OutboxSink sink,
            Class<T> type,
            Function<ApplicationContext, T> bean,
            Class<?> configuration,
            String... properties) {
        return new OutboxApp(database, sink, type, bean, configuration, properties);
    }

    private <T> OutboxApp(
            OutboxDatabase database,
            OutboxSink sink,
            Class<T> type,
            Function<ApplicationContext, T> bean,
            Class<?> configuration,
            String... properties) {
        context.registerBean(OutboxSink.class, () -> sink);
        context.registerBean(type, () -> bean.apply(context));
        context.register(configuration);
        start(database.dataSource(), properties);
    }

    private void start(DataSource dataSource, String... properties) {
        TestPropertyValues.of("plimsoll.outbox.lease=3s", "plimsoll.outbox.poll-interval=20ms")
                .and(properties)
                .applyTo(context);
        // Not closed with this instance: others use it as well.
        context.registerBean(DataSource.class, () -> new DelegatingDataSource(dataSource));
        context.register(AutoConfigured.class);
        context.refresh();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Outbox outbox() {
        return context.getBean(Outbox.class);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    JdbcTemplate jdbc() {
        return context.getBean(JdbcTemplate.class);
    }

    void stop() {
        context.stop();
    }

    void start() {
        context.start();
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcAutoConfiguration.class,
        WeavingAutoConfiguration.class,
        OutboxAutoConfiguration.class
    })
    static class AutoConfigured {}
}
