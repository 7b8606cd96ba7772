package io.plimsoll.benchmarks;

import io.plimsoll.test.PostgresServer;
import java.nio.file.Path;
import org.springframework.jdbc.core.JdbcTemplate;

/** A PostgreSQL that flushes every commit, and makes no checkpoint on its own: it would be charged to whose turn it is. */
public final class BenchmarkServer implements AutoCloseable {

    private final PostgresServer server;
    private final JdbcTemplate jdbc;

    /** @param data where it lies: on a disk, for in memory nothing is flushed */
    public BenchmarkServer(Path data, int port) {
        server = PostgresServer.durable(data, port);
        jdbc = new JdbcTemplate(server.dataSource());
        jdbc.execute("ALTER SYSTEM SET max_wal_size = '32GB'");
        jdbc.execute("ALTER SYSTEM SET checkpoint_timeout = '1d'");
        jdbc.execute("SELECT pg_reload_conf()");
        jdbc.execute("CHECKPOINT");
    }

    /** An empty one. */
    public BenchmarkDatabase createDatabase() {
        return new BenchmarkDatabase(server.createDatabase(), jdbc);
    }

    /** Read from the server, so that the report proves it. */
    public String settings() {
        return "PostgreSQL " + setting("server_version") + ", fsync=" + setting("fsync") + ", synchronous_commit="
                + setting("synchronous_commit") + ", full_page_writes=" + setting("full_page_writes")
                + ", shared_buffers=" + setting("shared_buffers");
    }

    private String setting(String name) {
        return String.valueOf(jdbc.queryForObject("SELECT current_setting(?)", String.class, name));
    }

    @Override
    public void close() {
        server.close();
    }
}
