package io.plimsoll.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.test.PostgresDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database on a {@link BenchmarkServer}, dropped when it is closed. */
public final class BenchmarkDatabase implements AutoCloseable {

    private final PostgresDatabase database;
    private final JdbcTemplate server;
    private final JdbcTemplate jdbc;
    private final String name;

    BenchmarkDatabase(PostgresDatabase database, JdbcTemplate server) {
        this.database = database;
        this.server = server;
        jdbc = new JdbcTemplate(database.dataSource());
        name = String.valueOf(jdbc.queryForObject("SELECT current_database()", String.class));
    }

    /** For those who work. */
    public HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(connections);
        return new HikariDataSource(config);
    }

    /** For those who look on, which must not take a connection from those who work. */
    public JdbcTemplate jdbc() {
        return jdbc;
    }

    /** On the server, where looking on leaves no trace in this database. */
    public JdbcTemplate server() {
        return server;
    }

    public String name() {
        return name;
    }

    /** How many bytes of write-ahead log there have been. */
    public long walBytes() {
        Long bytes = server.queryForObject("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint", Long.class);
        return bytes == null ? 0 : bytes;
    }

    @Override
    public void close() {
        server.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
