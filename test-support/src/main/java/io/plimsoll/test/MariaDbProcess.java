package io.plimsoll.test;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts and stops the server process; it listens on the loopback address only. */
final class MariaDbProcess {

    static final String USER = "plimsoll";
    static final String PASSWORD = "plimsoll";
    static final String DATABASE = "test";

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private MariaDbProcess() {}

    static MariaDbServer server(int port, boolean attached, Runnable stop) {
        return new MariaDbServer(HOST, port, DATABASE, USER, PASSWORD, attached, stop);
    }

    /** Makes the folder if need be, serves it at the port, and returns when the server answers. */
    static Process serve(Path folder, Path log, int port, List<String> settings) {
        try {
            MariaDbFolder.create(folder, log);
            MariaDbFolder.notePort(folder, port);
            List<String> options = new ArrayList<>(List.of(
                    "--port=" + port,
                    "--bind-address=" + HOST,
                    "--socket=",
                    "--skip-name-resolve",
                    // Or else each start makes a certificate with an RSA key of 4096 bits: up to ten seconds of them.
                    "--skip-ssl",
                    "--pid-file=" + MariaDbFolder.PID_FILE,
                    "--max-connections=500",
                    "--character-set-server=utf8mb4"));
            options.addAll(settings);
            Process process = start(folder, log, options);
            awaitAnswer(process, port);
            return process;
        } catch (IOException e) {
            String os = System.getProperty("os.name") + " " + System.getProperty("os.arch");
            throw new IllegalStateException(
                    "Could not start MariaDB on " + folder + " at port " + port + " (" + os + "): " + e.getMessage()
                            + ". Its log " + log + " ends with: " + MariaDbFolder.tail(log),
                    e);
        }
    }

    /** A file, not a pipe: the server must not lose its output when this JVM is killed. */
    static Process start(Path folder, Path log, List<String> options) throws IOException {
        Path home = MariaDbBinary.home();
        List<String> command = new ArrayList<>(List.of(
                MariaDbBinary.server(home).toString(),
                // First, or else the machine's /etc/my.cnf counts.
                "--no-defaults",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--datadir=" + folder,
                // The default is 96 MB, which a start on an empty folder writes.
                "--innodb-log-file-size=16M"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Unasked it refuses to run as root.
            command.add("--user=root");
        }
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
    }

    private static void awaitAnswer(Process process, int port) throws IOException {
        long start = System.nanoTime();
        while (MariaDbProbe.dataFolderAt(port) == null) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                process.destroyForcibly();
                throw new IOException(process.isAlive() ? "it does not answer" : "it has ended");
            }
            Pause.briefly();
        }
    }

    static int exitValue(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for MariaDB", e);
        }
    }

    /** Breaks off running transactions, stops the server on the folder and waits for its end. */
    static void stop(Path folder, int port) {
        long pid = MariaDbFolder.pidOf(folder);
        try (Connection connection = MariaDbProbe.connect(port);
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            // Killed, or stopped by another: its end is what was wanted. If it lives, the wait below says so.
            if (!alive(pid)) {
                return;
            }
        }
        long start = System.nanoTime();
        while (alive(pid)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("The MariaDB on " + folder + " does not stop; its log says why");
            }
            Pause.briefly();
        }
    }

    /** Whether the process runs a MariaDB: neither a zombie, which has no command, nor somebody else with its number. */
    static boolean alive(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.contains("mariadbd"))
                .isPresent();
    }
}
