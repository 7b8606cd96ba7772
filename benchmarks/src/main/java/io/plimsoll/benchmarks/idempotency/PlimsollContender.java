package io.plimsoll.benchmarks.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.spring.idempotency.IdempotencyAutoConfiguration;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.timeout.TimeoutAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** {@code @Idempotent} on the {@code @Transactional} method, with all that the starter brings along. */
final class PlimsollContender implements Contender {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Work work;

    PlimsollContender(Task task, DataSource dataSource) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("benchmark", Map.of("plimsoll.jdbc.initialize-schema", "always")));
        context.registerBean(Task.class, () -> task);
        // The pool is not this context's to close.
        context.registerBean(DataSource.class, () -> dataSource, bean -> bean.setDestroyMethodName(""));
        context.register(Application.class);
        context.refresh();
        work = context.getBean(Work.class);
    }

    @Override
    public String name() {
        return "plimsoll";
    }

    @Override
    public Receipt call(String key) {
        return work.run(key);
    }

    @Override
    public void close() {
        context.close();
    }

    /** The service that an application would have. */
    static class Work {

        private final Task task;
        private final JdbcTemplate jdbc;

        Work(Task task, JdbcTemplate jdbc) {
            this.task = task;
            this.jdbc = jdbc;
        }

        @Transactional
        @Idempotent(key = "#key")
        public Receipt run(String key) {
            return task.run(jdbc, key);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        WeavingAutoConfiguration.class,
        TimeoutAutoConfiguration.class,
        JdbcAutoConfiguration.class,
        IdempotencyAutoConfiguration.class
    })
    @Import(Work.class)
    static class Application {

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }
}
