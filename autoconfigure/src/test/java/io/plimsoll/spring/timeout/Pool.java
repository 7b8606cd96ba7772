package io.plimsoll.spring.timeout;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.plimsoll.test.PostgresDatabase;
import io.plimsoll.test.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A Hikari pool on a database of its own, watched over as an application's data source is. */
final class Pool implements AutoCloseable {

    private final HikariDataSource hikari = new HikariDataSource();
    private final DataSource watched;

    Pool(int size) {
        this(PostgresServer.shared().createDatabase(), size);
    }

    private Pool(PostgresDatabase database, int size) {
        this(database.jdbcUrl(), database.username(), database.password(), size);
    }

    Pool(String jdbcUrl, String username, String password, int size) {
        hikari.setJdbcUrl(jdbcUrl);
        hikari.setUsername(username);
        hikari.setPassword(password);
        hikari.setMaximumPoolSize(size);
        hikari.setMinimumIdle(1);
        hikari.setConnectionTimeout(30_000);
        watched = (DataSource) new BudgetDataSourcePostProcessor().postProcessAfterInitialization(hikari, "dataSource");
    }

    DataSource dataSource() {
        return watched;
    }

    int active() {
        HikariPoolMXBean started = hikari.getHikariPoolMXBean();
        return started == null ? 0 : started.getActiveConnections();
    }

    int execute(String sql) throws SQLException {
        try (Connection connection = watched.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = watched.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        hikari.close();
    }
}
