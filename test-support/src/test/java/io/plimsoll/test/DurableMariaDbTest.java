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

class DurableMariaDbTest {

    @TempDir
    Path temp;

    Path folder;
    int port;

    @BeforeEach
    void place() throws IOException {
        // A blank in the path, as on many a desk.
        folder = temp.resolve("my data");
        port = DurablePostgresTest.freePort();
    }

    @AfterEach
    void stop() {
        if (MariaDbProcess.alive(MariaDbFolder.pidOf(folder))) {
            MariaDbProcess.stop(folder, port);
        }
    }

    @Test
    void everyCommitReachesTheDisk() throws SQLException {
        try (MariaDbServer server = MariaDbServer.durable(folder, port)) {
            assertThat(server.attached()).isFalse();
            assertThat(ask(server.dataSource(), "SELECT @@innodb_flush_log_at_trx_commit"))
                    .isEqualTo("1");
            assertThat(ask(server.dataSource(), "SELECT @@innodb_doublewrite")).isEqualTo("ON");
        }
    }

    @Test
    void aSecondStartAttachesAndStops() throws SQLException {
        MariaDbServer first = MariaDbServer.durable(folder, port);
        insert(first, 1);
        MariaDbServer second = MariaDbServer.durable(folder, port);
        assertThat(second.attached()).isTrue();
        assertThat(count(second)).isEqualTo("1");
        second.close();
        assertThat(MariaDbProbe.dataFolderAt(port)).isNull();
        first.close();

        try (MariaDbServer again = MariaDbServer.durable(folder, port)) {
            assertThat(again.attached()).isFalse();
            assertThat(count(again)).isEqualTo("1");
        }
    }

    @Test
    void theServerSurvivesTheKillOfTheJvmThatStartedIt() throws Exception {
        insertInAJvmThatIsKilled();
        try (MariaDbServer server = MariaDbServer.durable(folder, port)) {
            assertThat(server.attached()).isTrue();
            assertThat(count(server)).isEqualTo("100");
        }
        assertThat(MariaDbProbe.dataFolderAt(port)).isNull();
    }

    @Test
    void committedRowsSurviveTheKillOfJvmAndServer() throws Exception {
        insertInAJvmThatIsKilled();
        killServer();
        try (MariaDbServer server = MariaDbServer.durable(folder, port)) {
            assertThat(server.attached()).isFalse();
            assertThat(count(server)).isEqualTo("100");
        }
    }

    @Test
    void aKilledServerIsStartedAgainByTheSameJvm() throws Exception {
        MariaDbServer server = MariaDbServer.durable(folder, port);
        insert(server, 100);
        killServer();
        server.close();
        try (MariaDbServer again = MariaDbServer.durable(folder, port)) {
            assertThat(again.attached()).isFalse();
            assertThat(count(again)).isEqualTo("100");
        }
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> MariaDbServer.durable(folder, port))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds something that is not a MariaDB");
        assertThat(folder.resolve("thesis.txt")).exists();
    }

    @Test
    void aPidFileThatNamesAnotherProcessStopsNobody() throws Exception {
        MariaDbServer server = MariaDbServer.durable(folder, port);
        killServer();
        // As after a power cut and a reboot: the number belongs to somebody else now, here to this JVM.
        Files.writeString(
                folder.resolve(MariaDbFolder.PID_FILE),
                String.valueOf(ProcessHandle.current().pid()));
        server.close();
        try (MariaDbServer again = MariaDbServer.durable(folder, port)) {
            assertThat(ask(again.dataSource(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aPortTakenByAnotherFolderIsRefused() {
        try (MariaDbServer server = MariaDbServer.durable(folder, port)) {
            assertThatThrownBy(() -> MariaDbServer.durable(temp.resolve("other"), server.port()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + port + " is taken by a MariaDB on the data folder")
                    .hasMessageContaining("my data");
        }
    }

    @Test
    void aFolderServedElsewhereIsRefused() throws IOException {
        int otherPort = DurablePostgresTest.freePort();
        try (MariaDbServer server = MariaDbServer.durable(folder, port)) {
            assertThat(server.port()).isEqualTo(port);
            assertThatThrownBy(() -> MariaDbServer.durable(folder, otherPort))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is served at port " + port);
        }
    }

    @Test
    void aPortTakenBySomethingElseIsRefused() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> MariaDbServer.durable(folder, other.getLocalPort()))
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

    private void killServer() {
        long pid = MariaDbFolder.pidOf(folder);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    static void insert(MariaDbServer server, int rows) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (id int)");
            for (int row = 0; row < rows; row++) {
                statement.execute("INSERT INTO kept VALUES (1)");
            }
        }
    }

    static String count(MariaDbServer server) throws SQLException {
        return ask(server.dataSource(), "SELECT count(*) FROM kept");
    }

    /** The JVM that is killed. */
    static final class StartsInsertsAndWaits {

        private StartsInsertsAndWaits() {}

        @SuppressWarnings("resource") // the point is that nobody closes it
        public static void main(String[] args) throws Exception {
            insert(MariaDbServer.durable(Path.of(args[0]), Integer.parseInt(args[1])), 100);
            System.out.println("inserted");
            Thread.currentThread().join();
        }
    }
}
