package io.plimsoll.benchmarks.idempotency;

import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.benchmarks.BenchmarkDatabase;
import io.plimsoll.benchmarks.BenchmarkServer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** An empty database on a server that flushes every commit, and the one pool that all contenders share. */
final class Database implements AutoCloseable {

    private final BenchmarkServer server;
    private final BenchmarkDatabase database;
    private final HikariDataSource pool;

    Database(Options options) {
        server = new BenchmarkServer(options.data(), options.port());
        database = server.createDatabase();
        pool = database.pool(options.threads());
        Task.createTables(database.jdbc());
    }

    DataSource pool() {
        return pool;
    }

    JdbcTemplate jdbc() {
        return database.jdbc();
    }

    long walBytes() {
        return database.walBytes();
    }

    String settings() {
        return server.settings();
    }

    @Override
    public void close() {
        pool.close();
        database.close();
        server.close();
    }
}
