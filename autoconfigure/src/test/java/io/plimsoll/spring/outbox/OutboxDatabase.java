package io.plimsoll.spring.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.test.MariaDbServer;
import io.plimsoll.test.PostgresServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of its own with the tables of the outbox in it. */
final class OutboxDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Kind kind;
    private final HikariDataSource pool;

    enum Kind {
        POSTGRESQL,
        MARIADB,
        H2
    }

    OutboxDatabase(Kind kind) {
        this.kind = kind;
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(1);
        switch (kind) {
            case POSTGRESQL -> {
                var database = PostgresServer.shared().createDatabase();
                use(config, database.jdbcUrl(), database.username(), database.password());
            }
            case MARIADB -> {
                var database = MariaDbServer.shared().createDatabase();
                use(config, database.jdbcUrl(), database.username(), database.password());
            }
            case H2 -> use(config, "jdbc:h2:mem:outbox" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "");
        }
        pool = new HikariDataSource(config);
        createTables();
    }

    /** URL, user and password. */
    List<String> access() {
        return List.of(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword() == null ? "" : pool.getPassword());
    }

    private static void use(HikariConfig config, String url, String username, String password) {
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
    }

    /** As often as one likes. */
    void createTables() {
        run("io/plimsoll/spring/outbox/schema-" + kind.name().toLowerCase(Locale.ROOT) + ".sql");
    }

    void run(String script) {
        new ResourceDatabasePopulator(new ClassPathResource(script)).execute(pool);
    }

    OutboxDialect dialect() {
        return OutboxDialect.of(io.plimsoll.spring.jdbc.Database.valueOf(kind.name()));
    }

    DataSource dataSource() {
        return pool;
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(pool);
    }

    OutboxStore store() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("dataSource", pool);
        beans.registerSingleton("transactionManager", new JdbcTransactionManager(pool));
        return new OutboxStore(() -> StoreDataSource.of(beans, "The outbox"));
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager((DataSource) pool));
    }

    /** Whether nothing waits to be delivered, neither in its turn nor out of the way. */
    boolean isDelivered() {
        return count("plimsoll_outbox") == 0 && count("plimsoll_outbox_held") == 0;
    }

    long count(String table) {
        Long count = jdbc().queryForObject("SELECT COUNT(*) FROM " + table, Long.class);
        return count == null ? -1 : count;
    }

    @Override
    public void close() {
        pool.close();
    }
}
