package io.plimsoll.spring.idempotency;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.test.MariaDbServer;
import io.plimsoll.test.PostgresServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The three databases, each with a fresh one of its own and Plimsoll's tables in it. */
enum TestDatabase {
    POSTGRESQL,
    MARIADB,
    H2;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A pool on a new database with the tables of the feature, and one of the tests': {@code effects}. */
    Pool open(int connections) {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(connections);
        switch (this) {
            case POSTGRESQL -> {
                var database = PostgresServer.shared().createDatabase();
                use(config, database.jdbcUrl(), database.username(), database.password());
            }
            case MARIADB -> {
                var database = MariaDbServer.shared().createDatabase();
                use(config, database.jdbcUrl(), database.username(), database.password());
            }
            case H2 ->
                use(config, "jdbc:h2:mem:idempotency" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "");
        }
        Pool pool = new Pool(new HikariDataSource(config));
        new ResourceDatabasePopulator(new ClassPathResource(script())).execute(pool.dataSource());
        pool.jdbc().execute("CREATE TABLE effects (name VARCHAR(200) NOT NULL)");
        return pool;
    }

    private static void use(HikariConfig config, String url, String username, String password) {
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
    }

    String script() {
        return "io/plimsoll/spring/idempotency/schema-" + name().toLowerCase(java.util.Locale.ROOT) + ".sql";
    }

    record Pool(HikariDataSource dataSource) implements AutoCloseable {

        JdbcTemplate jdbc() {
            return new JdbcTemplate(dataSource);
        }

        long count(String table) {
            Long count = jdbc().queryForObject("SELECT COUNT(*) FROM " + table, Long.class);
            return count == null ? -1 : count;
        }

        @Override
        public void close() {
            dataSource.close();
        }
    }
}
