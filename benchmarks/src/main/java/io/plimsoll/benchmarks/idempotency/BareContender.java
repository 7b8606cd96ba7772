package io.plimsoll.benchmarks.idempotency;

import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** The baseline: a {@code @Transactional} method of a Spring bean, and nothing else. */
final class BareContender implements Contender {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Work work;

    BareContender(Task task, DataSource dataSource) {
        context.registerBean(Task.class, () -> task);
        // The pool is not this context's to close.
        context.registerBean(DataSource.class, () -> dataSource, bean -> bean.setDestroyMethodName(""));
        context.register(Application.class);
        context.refresh();
        work = context.getBean(Work.class);
    }

    @Override
    public String name() {
        return ThroughputBenchmark.BARE;
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
        public Receipt run(String key) {
            return task.run(jdbc, key);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
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
