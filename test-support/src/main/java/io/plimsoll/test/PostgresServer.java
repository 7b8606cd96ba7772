package io.plimsoll.test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A running PostgreSQL of which the caller is superuser. Thread-safe.
 *
 * <p>{@link #shared()} is for tests: fast, and gone with the JVM. {@link #durable(Path, int)} is for crash tests, for
 * benchmarks and for demos: it keeps what it committed.
 */
public final class PostgresServer implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String host;
    private final int port;
    private final PostgresDatabase database;
    private final boolean attached;
    private final Runnable stop;
    private final AtomicBoolean closed = new AtomicBoolean();

    PostgresServer(
            String host, int port, String name, String username, String password, boolean attached, Runnable stop) {
        this.host = host;
        this.port = port;
        this.database = new PostgresDatabase(url(host, port, name), username, password);
        this.attached = attached;
        this.stop = stop;
    }

    /**
     * The one server of this JVM, on a free port: started by the first call, stopped with the JVM. In Docker if an
     * engine answers and {@code -Dplimsoll.test.docker} is not {@code false}, else from Maven artifacts.
     *
     * <p>It does not survive a power cut ({@code fsync=off}), and {@link #close()} does nothing to it.
     *
     * @throws IllegalStateException if it cannot start; the message says what is missing
     */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /**
     * A server on a data folder and a port of the caller's choice that flushes every commit to the disk ({@code fsync},
     * {@code synchronous_commit} and {@code full_page_writes} are on). It is a process of its own and goes on when this
     * JVM is killed; the next call with the same folder and port attaches to it, or starts it again on the data that
     * is there. {@link #close()} stops it, attached or not, and leaves the data. Its log is {@code <dataFolder>.log}.
     *
     * @throws IllegalStateException if the port is taken by anything else than a server on this folder, if the folder
     *     is served at another port, or if the server cannot start
     */
    public static PostgresServer durable(Path dataFolder, int port) {
        return DurablePostgres.open(dataFolder, port);
    }

    public int port() {
        return port;
    }

    /** The database that is there from the start. */
    public PostgresDatabase database() {
        return database;
    }

    public String jdbcUrl() {
        return database.jdbcUrl();
    }

    public String username() {
        return database.username();
    }

    public String password() {
        return database.password();
    }

    /** A data source on {@link #database()} without a pool. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** Whether the server was running already when this object was made. */
    public boolean attached() {
        return attached;
    }

    /**
     * Makes an empty database with a name of its own on this server, so that tests do not see each other's rows.
     *
     * @throws IllegalStateException if the server refuses
     */
    public PostgresDatabase createDatabase() {
        // The process id keeps two JVMs that share one durable server apart.
        String name = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            // Nobody connects to template0, so this never waits for another session.
            statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the database " + name + " at " + jdbcUrl(), e);
        }
        return new PostgresDatabase(url(host, port, name), username(), password());
    }

    /** Stops a durable server and waits for its end; does nothing to the shared one, or a second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop.run();
        }
    }

    private static String url(String host, int port, String name) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    private static final class Shared {
        static final PostgresServer SERVER = Docker.available() ? PostgresInDocker.start() : EphemeralPostgres.start();
    }
}
