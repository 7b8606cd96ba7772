package io.plimsoll.spring.idempotency;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** The {@link Ledger} in a Spring context of its own. */
final class LedgerApp implements AutoCloseable {

    private final HikariDataSource pool;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    LedgerApp(HikariDataSource pool, Step.Listener steps, Class<?>... beans) {
        this(pool, steps, new String[0], beans);
    }

    LedgerApp(HikariDataSource pool, Step.Listener steps, String[] properties, Class<?>... beans) {
        this.pool = pool;
        TestPropertyValues.of(properties).applyTo(context);
        context.registerBean(SteppedStore.Around.class, () -> new SteppedStore.Around(steps));
        context.registerBean(DataSource.class, () -> new SteppedDataSource(pool, steps));
        context.registerBean(Step.Listener.class, () -> steps);
        for (Class<?> bean : beans) {
            context.register(bean);
        }
        context.register(App.AutoConfigured.class, Ledger.class, LeasedLedger.class);
        context.refresh();
    }

    Ledger ledger() {
        return context.getBean(Ledger.class);
    }

    LeasedLedger leased() {
        return context.getBean(LeasedLedger.class);
    }

    JdbcTemplate jdbc() {
        return context.getBean(JdbcTemplate.class);
    }

    PlatformTransactionManager transactions() {
        return context.getBean(PlatformTransactionManager.class);
    }

    /** The numbers of each name. */
    Map<String, List<String>> entries() {
        return jdbc()
                .query(
                        "SELECT name, number FROM entries",
                        (row, number) -> new Ledger.Entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.groupingBy(
                        Ledger.Entry::name, Collectors.mapping(Ledger.Entry::number, Collectors.toList())));
    }

    /** How many connections are in use. */
    int active() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }

    /** Transactions are JPA's. */
    @Configuration(proxyBeanMethods = false)
    static class Jpa {

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setPackagesToScan("io.plimsoll.nothing");
            return factory;
        }

        @Bean
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }
    }
}
