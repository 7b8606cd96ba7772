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

/** Finds out who answers at a local port. */
final class MariaDbProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHUTDOWN_IN_PROGRESS = 1053;

    private MariaDbProbe() {}

    /**
     * The data folder of the MariaDB at the port, or {@code null} if nobody listens there. Waits while that server
     * shuts down.
     *
     * @throws IllegalStateException if the port is taken by something else
     */
    static @Nullable Path dataFolderAt(int port) {
        long start = System.nanoTime();
        while (listening(port)) {
            try (Connection connection = connect(port);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT @@datadir")) {
                result.next();
                return Path.of(result.getString(1));
            } catch (SQLException e) {
                if (!passing(e) || System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "Port " + port + " is taken by something that is not our MariaDB (" + e.getMessage()
                                    + "). Choose another port, or stop what runs there",
                            e);
                }
                Pause.briefly();
            }
        }
        return null;
    }

    /** A server that goes down drops whom it has not greeted yet. */
    private static boolean passing(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return e.getErrorCode() == SHUTDOWN_IN_PROGRESS || state.startsWith("08");
    }

    static Connection connect(int port) throws SQLException {
        MariaDbServer server = MariaDbProcess.server(port, true, () -> {});
        // Something that is no MariaDB may never answer.
        String url = server.jdbcUrl() + "?connectTimeout=5000&socketTimeout=5000";
        return new MariaDbDatabase(url, server.username(), server.password())
                .dataSource()
                .getConnection();
    }

    private static boolean listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
