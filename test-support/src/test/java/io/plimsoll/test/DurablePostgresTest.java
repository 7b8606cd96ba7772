package io.plimsoll.test;

import static io.plimsoll.test.SharedServersTest.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurablePostgresTest {

    @TempDir
    Path temp;

    Path folder;
    int port;

    @BeforeEach
    void place() throws IOException {
        // A blank in the path, as on many a desk.
        folder = temp.resolve("my data");
        port = freePort();
    }

    @AfterEach
    void stop() {
        if (PostmasterControl.alive(folder)) {
            PostmasterControl.stop(folder);
        }
    }

    @Test
    void everyCommitReachesTheDisk() throws SQLException {
        try (PostgresServer server = PostgresServer.durable(folder, port)) {
            assertThat(server.attached()).isFalse();
            assertThat(ask(server.dataSource(), "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server.dataSource(), "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server.dataSource(), "SHOW full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void aSecondStartAttachesAndStops() throws SQLException {
        PostgresServer first = PostgresServer.durable(folder, port);
        insert(first, 1);
        PostgresServer second = PostgresServer.durable(folder, port);
        assertThat(second.attached()).isTrue();
        assertThat(count(second)).isEqualTo("1");
        second.close();
        assertThat(PostgresProbe.dataFolderAt(port)).isNull();
        first.close();

        try (PostgresServer again = PostgresServer.durable(folder, port)) {
            assertThat(again.attached()).isFalse();
            assertThat(count(again)).isEqualTo("1");
        }
    }

    @Test
    void theServerSurvivesTheKillOfTheJvmThatStartedIt() throws Exception {
        insertInAJvmThatIsKilled();
        try (PostgresServer server = PostgresServer.durable(folder, port)) {
            assertThat(server.attached()).isTrue();
            assertThat(count(server)).isEqualTo("100");
        }
        assertThat(PostgresProbe.dataFolderAt(port)).isNull();
    }

    @Test
    void committedRowsSurviveTheKillOfJvmAndServer() throws Exception {
        insertInAJvmThatIsKilled();
        killServer();
        try (PostgresServer server = PostgresServer.durable(folder, port)) {
            assertThat(server.attached()).isFalse();
            assertThat(count(server)).isEqualTo("100");
        }
    }

    @Test
    void aKilledServerIsStartedAgainByTheSameJvm() throws Exception {
        PostgresServer server = PostgresServer.durable(folder, port);
        insert(server, 100);
        killServer();
        server.close();
        try (PostgresServer again = PostgresServer.durable(folder, port)) {
            assertThat(again.attached()).isFalse();
            assertThat(count(again)).isEqualTo("100");
        }
    }

    @Test
    void aPidFileThatNamesAnotherProcessStopsNoStart() throws Exception {
        PostgresServer.durable(folder, port).close();
        // As after a power cut and a reboot: the number belongs to somebody else now, here to this JVM.
        Files.writeString(
                folder.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder + "\n0\n" + port + "\n\nlocalhost\n\n\n");
        try (PostgresServer server = PostgresServer.durable(folder, port)) {
            assertThat(ask(server.dataSource(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aPortTakenByAnotherFolderIsRefused() {
        try (PostgresServer server = PostgresServer.durable(folder, port)) {
            assertThatThrownBy(() -> PostgresServer.durable(temp.resolve("other"), server.port()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + port + " is taken by a PostgreSQL on the data folder")
                    .hasMessageContaining("my data");
        }
    }

    @Test
    void aFolderServedElsewhereIsRefused() throws IOException {
        int otherPort = freePort();
        try (PostgresServer server = PostgresServer.durable(folder, port)) {
            assertThat(server.port()).isEqualTo(port);
            assertThatThrownBy(() -> PostgresServer.durable(folder, otherPort))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is served at port " + port);
        }
    }

    @Test
    void aPortTakenBySomethingElseIsRefused() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> PostgresServer.durable(folder, other.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " is taken by something");
        }
    }

    private void insertInAJvmThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsInsertsAndWaits.class.getName(),
                        folder.toString(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(jvm.inputReader().lines().anyMatch("inserted"::equals)).isTrue();
        } finally {
            // SIGKILL: no shutdown hook runs.
            jvm.destroyForcibly().waitFor();
        }
    }

    private void killServer() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).trim());
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    static void insert(PostgresServer server, int rows) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (id int)");
            for (int row = 0; row < rows; row++) {
                statement.execute("INSERT INTO kept VALUES (1)");
            }
        }
    }

    static String count(PostgresServer server) throws SQLException {
        return ask(server.dataSource(), "SELECT count(*) FROM kept");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The JVM that is killed. */
    static final class StartsInsertsAndWaits {

        private StartsInsertsAndWaits() {}

        @SuppressWarnings("resource") // the point is that nobody closes it
        public static void main(String[] args) throws Exception {
            insert(PostgresServer.durable(Path.of(args[0]), Integer.parseInt(args[1])), 100);
            System.out.println("inserted");
            Thread.currentThread().join();
        }
    }
}
