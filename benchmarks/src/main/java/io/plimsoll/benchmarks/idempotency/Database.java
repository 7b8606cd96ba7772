package io.plimsoll.benchmarks.idempotency;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.test.PostgresDatabase;
import io.plimsoll.test.PostgresServer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** An empty database on a server that flushes every commit, and the one pool that all contenders share. */
final class Database implements AutoCloseable {

    private final PostgresServer server;
    private final HikariDataSource pool;
    private final JdbcTemplate jdbc;
    private final String name;

    Database(Options options) {
        server = PostgresServer.durable(options.data(), options.port());
        PostgresDatabase database = server.createDatabase();
        // Not through the pool: looking on must not take a connection from those who work.
        jdbc = new JdbcTemplate(database.dataSource());
        name = String.valueOf(jdbc.queryForObject("SELECT current_database()", String.class));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(options.threads());
        config.setMinimumIdle(options.threads());
        pool = new HikariDataSource(config);
        Task.createTables(jdbc);
        keepCheckpointsOut();
    }

    /** A checkpoint in one contender's turn would be charged to that one alone. */
    private void keepCheckpointsOut() {
        jdbc.execute("ALTER SYSTEM SET max_wal_size = '32GB'");
        jdbc.execute("ALTER SYSTEM SET checkpoint_timeout = '1d'");
        jdbc.execute("SELECT pg_reload_conf()");
        jdbc.execute("CHECKPOINT");
    }

    DataSource pool() {
        return pool;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** How many bytes of write-ahead log there have been. */
    long walBytes() {
        Long bytes = jdbc.queryForObject("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint", Long.class);
        return bytes == null ? 0 : bytes;
    }

    /** Read from the server, so that the report proves it. */
    String settings() {
        return "PostgreSQL " + setting("server_version") + ", fsync=" + setting("fsync") + ", synchronous_commit="
                + setting("synchronous_commit") + ", full_page_writes=" + setting("full_page_writes");
    }

    private String setting(String name) {
        return String.valueOf(jdbc.queryForObject("SELECT current_setting(?)", String.class, name));
    }

    @Override
    public void close() {
        pool.close();
        new JdbcTemplate(server.dataSource()).execute("DROP DATABASE " + name + " WITH (FORCE)");
        server.close();
    }
}
