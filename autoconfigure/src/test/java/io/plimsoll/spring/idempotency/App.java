package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.idempotency.TestDatabase.Pool;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** A small application on one of the databases, without the web. */
final class App implements AutoCloseable {

    private final Pool pool;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    App(TestDatabase database, Class<?>... beans) {
        this(database.open(8), new String[0], beans);
    }

    App(Pool pool, String[] properties, Class<?>... beans) {
        this(pool, UnaryOperator.identity(), properties, beans);
    }

    /** @param around what the application sees of the pool */
    App(Pool pool, UnaryOperator<DataSource> around, String[] properties, Class<?>... beans) {
        this.pool = pool;
        TestPropertyValues.of(properties).applyTo(context);
        context.registerBean(DataSource.class, () -> around.apply(pool.dataSource()));
        context.register(AutoConfigured.class);
        context.register(beans);
        context.refresh();
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    JdbcTemplate jdbc() {
        return pool.jdbc();
    }

    List<String> effects() {
        return jdbc().queryForList("SELECT name FROM effects", String.class);
    }

    long records() {
        return pool.count("plimsoll_idempotency");
    }

    /** For lambdas that declare nothing. */
    static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        WeavingAutoConfiguration.class,
        JdbcAutoConfiguration.class,
        IdempotencyAutoConfiguration.class
    })
    static class AutoConfigured {}
}
