package io.plimsoll.spring.idempotency;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.test.MariaDbServer;
import io.plimsoll.test.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.util.FileSystemUtils;

/**
 * A fresh database with all tables that keeps what it commits, whoever is killed: on a durable server, one per kind and
 * JVM. H2 is a file instead, and belongs to the one JVM that has it open.
 */
record DurableDatabase(TestDatabase kind, String url, String username, String password) {

    private static final Map<TestDatabase, Server> SERVERS = new EnumMap<>(TestDatabase.class);
    private static final AtomicInteger FILES = new AtomicInteger();

    static DurableDatabase create(TestDatabase kind) {
        DurableDatabase created = server(kind).createDatabase();
        try (HikariDataSource pool = created.pool(1)) {
            new ResourceDatabasePopulator(new ClassPathResource(kind.script())).execute(pool);
            new JdbcTemplate(pool).execute(Ledger.TABLE);
        }
        return created;
    }

    /** One of another JVM, as its {@link #arguments}. */
    static DurableDatabase of(List<String> arguments) {
        return new DurableDatabase(
                TestDatabase.valueOf(arguments.get(0)), arguments.get(1), arguments.get(2), arguments.get(3));
    }

    List<String> arguments() {
        return List.of(kind.name(), url, username, password);
    }

    HikariDataSource pool(int size) {
        return pool(size, Duration.ofSeconds(30));
    }

    HikariDataSource pool(int size, Duration connectionTimeout) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(connectionTimeout.toMillis());
        return new HikariDataSource(config);
    }

    /** The same database by way of a wire. */
    DurableDatabase through(Wire wire) {
        return new DurableDatabase(
                kind, url.replaceFirst(":" + wire.serverPort() + "/", ":" + wire.port() + "/"), username, password);
    }

    int port() {
        return server(kind).port;
    }

    /** All processes of the server at once, as a machine would that loses its power. */
    void killServer() {
        ProcessHandle server = ProcessHandle.of(server(kind).pid()).orElseThrow();
        List<ProcessHandle> helpers = server.descendants().toList();
        server.destroyForcibly();
        helpers.forEach(ProcessHandle::destroyForcibly);
    }

    void startServerAgain() {
        server(kind).open();
    }

    private static synchronized Server server(TestDatabase kind) {
        return SERVERS.computeIfAbsent(kind, Server::new);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Server {

        final TestDatabase kind;
        final Path folder;
        final int port;

        /** What this JVM knows of the running server; it would keep a killed one from being started again. */
        private @Nullable AutoCloseable running;

        Server(TestDatabase kind) {
            this.kind = kind;
            try {
                this.folder = Files.createTempDirectory("plimsoll-durable-" + kind);
                this.port = freePort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            open();
            Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
        }

        void open() {
            close();
            running = switch (kind) {
                case POSTGRESQL -> postgres();
                case MARIADB -> mariaDb();
                case H2 -> null;
            };
        }

        DurableDatabase createDatabase() {
            return switch (kind) {
                case POSTGRESQL -> {
                    var database = postgres().createDatabase();
                    yield new DurableDatabase(kind, database.jdbcUrl(), database.username(), database.password());
                }
                case MARIADB -> {
                    var database = mariaDb().createDatabase();
                    yield new DurableDatabase(kind, database.jdbcUrl(), database.username(), database.password());
                }
                // Unasked H2 flushes commits twice a second only.
                case H2 ->
                    new DurableDatabase(
                            kind,
                            "jdbc:h2:file:" + folder.resolve("h2-" + FILES.incrementAndGet()) + ";WRITE_DELAY=0",
                            "sa",
                            "");
            };
        }

        long pid() {
            Path data = data();
            Path file = data.resolve(kind == TestDatabase.POSTGRESQL ? "postmaster.pid" : "mariadbd.pid");
            try {
                return Long.parseLong(Files.readAllLines(file).get(0).trim());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private PostgresServer postgres() {
            return PostgresServer.durable(data(), port);
        }

        private MariaDbServer mariaDb() {
            return MariaDbServer.durable(data(), port);
        }

        private Path data() {
            return folder.resolve("data");
        }

        private void close() {
            try {
                if (running != null) {
                    running.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void delete() {
            close();
            FileSystemUtils.deleteRecursively(folder.toFile());
        }
    }
}
