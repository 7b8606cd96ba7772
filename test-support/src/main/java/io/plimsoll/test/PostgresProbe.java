package io.plimsoll.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Finds out who answers at a local port. */
final class PostgresProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private PostgresProbe() {}

    /**
     * The data folder of the PostgreSQL at the port, or {@code null} if nobody listens there. Waits while that server
     * starts up, recovers or shuts down.
     *
     * @throws IllegalStateException if the port is taken by something else
     */
    static @Nullable Path dataFolderAt(int port) {
        long start = System.nanoTime();
        while (listening(port)) {
            try (Connection connection = dataSource(port).getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SHOW data_directory")) {
                result.next();
                return Path.of(result.getString(1));
            } catch (SQLException e) {
                boolean passing = CANNOT_CONNECT_NOW.equals(e.getSQLState()) || !listening(port);
                if (!passing || System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "Port " + port + " is taken by something that is not our PostgreSQL (" + e.getMessage()
                                    + "). Choose another port, or stop what runs there",
                            e);
                }
                Pause.briefly();
            }
        }
        return null;
    }

    private static boolean listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static PGSimpleDataSource dataSource(int port) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgresSettings.server(port, true, () -> {}).jdbcUrl());
        dataSource.setUser("postgres");
        dataSource.setConnectTimeout(5);
        // Something that is no PostgreSQL may never answer.
        dataSource.setSocketTimeout(5);
        return dataSource;
    }
}
