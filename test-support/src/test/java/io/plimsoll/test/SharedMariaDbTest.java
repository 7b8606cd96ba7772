package io.plimsoll.test;

import static io.plimsoll.test.SharedServersTest.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

class SharedMariaDbTest {

    @Test
    void itAnswers() throws SQLException {
        assertThat(ask(MariaDbServer.shared().dataSource(), "SELECT @@version")).contains("MariaDB");
        assertThat(ask(MariaDbServer.shared().dataSource(), "SELECT @@character_set_server"))
                .isEqualTo("utf8mb4");
    }

    @Test
    void manyThreadsGetOneServer() {
        Set<Object> servers = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50).parallel().forEach(i -> servers.add(MariaDbServer.shared()));
        assertThat(servers).hasSize(1);
    }

    @Test
    void closingItLeavesItRunning() throws SQLException {
        MariaDbServer.shared().close();
        assertThat(ask(MariaDbServer.shared().dataSource(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void databasesDoNotSeeEachOther() throws SQLException {
        DataSource one = MariaDbServer.shared().createDatabase().dataSource();
        DataSource other = MariaDbServer.shared().createDatabase().dataSource();
        try (Connection connection = one.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE only_here (id int)");
        }
        String tables = "SHOW TABLES LIKE 'only_here'";
        assertThat(ask(one, tables)).isEqualTo("only_here");
        try (Connection connection = other.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery(tables).next()).isFalse();
        }
    }

    @Test
    @DisabledIf("inDocker")
    void aJvmThatEndsLeavesNothing() throws Exception {
        Process jvm = jvm();
        Path folder = folderOf(jvm);
        assertThat(folder).exists();
        jvm.getOutputStream().close();
        assertThat(jvm.waitFor()).isZero();
        assertThat(folder).doesNotExist();
    }

    @Test
    @DisabledIf("inDocker")
    void whatAKilledJvmLeavesIsRemovedByTheNext() throws Exception {
        Process killed = jvm();
        Path folder = folderOf(killed);
        long server = MariaDbFolder.pidOf(folder);
        killed.destroyForcibly().waitFor();
        assertThat(MariaDbProcess.alive(server)).isTrue();

        Process next = jvm();
        assertThat(folderOf(next)).isNotEqualTo(folder);
        assertThat(folder).doesNotExist();
        while (MariaDbProcess.alive(server)) {
            Pause.briefly();
        }
        next.getOutputStream().close();
        assertThat(next.waitFor()).isZero();
    }

    static boolean inDocker() {
        return Docker.available();
    }

    private static Process jvm() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path folderOf(Process jvm) {
        Path folder = jvm.inputReader()
                .lines()
                .filter(line -> line.startsWith("data="))
                .map(line -> Path.of(line.substring("data=".length())))
                .findFirst()
                .orElseThrow();
        assertThat(Files.exists(folder)).isTrue();
        return folder;
    }

    /** A JVM with a shared server of its own; it ends with its standard input. */
    static final class StartsAndWaits {

        private StartsAndWaits() {}

        public static void main(String[] args) throws Exception {
            System.out.println("data=" + ask(MariaDbServer.shared().dataSource(), "SELECT @@datadir"));
            System.in.read();
        }
    }
}
