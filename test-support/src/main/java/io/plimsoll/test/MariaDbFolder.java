package io.plimsoll.test;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A data folder: how it comes to be, and what its files say about the server on it. */
final class MariaDbFolder {

    static final String PID_FILE = "mariadbd.pid";

    private static final String PORT_FILE = "plimsoll.port";

    private static final List<String> SYSTEM_TABLES =
            List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql");

    private static final String OURS =
            """
            FLUSH PRIVILEGES;
            CREATE USER '%1$s'@'%%' IDENTIFIED BY '%2$s';
            GRANT ALL ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
            CREATE DATABASE %3$s;
            """.formatted(MariaDbProcess.USER, MariaDbProcess.PASSWORD, MariaDbProcess.DATABASE);

    private MariaDbFolder() {}

    /**
     * Makes the folder the home of an empty server, unless it is one already. It is moved into place when it is
     * complete: a JVM that is killed meanwhile leaves no half of one.
     */
    static void create(Path folder, Path log) throws IOException {
        if (Files.isDirectory(folder.resolve("mysql"))) {
            return;
        }
        Files.createDirectories(folder.getParent());
        Path fresh = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".new");
        try {
            bootstrap(fresh, log);
            deleteIfEmpty(folder);
            Files.move(fresh, folder);
        } finally {
            WorkFolder.delete(fresh);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new IllegalStateException("The folder " + folder
                            + " holds something that is not a MariaDB: name another one, or empty it");
                }
            }
            Files.delete(folder);
        }
    }

    /** What {@code mariadb-install-db} does, without the help texts, which take most of its time. */
    private static void bootstrap(Path folder, Path log) throws IOException {
        Process process = MariaDbProcess.start(folder, log, List.of("--bootstrap", "--innodb-flush-method=nosync"));
        try (OutputStream sql = process.getOutputStream()) {
            sql.write("CREATE DATABASE mysql;\nUSE mysql;\n".getBytes(StandardCharsets.UTF_8));
            for (String script : SYSTEM_TABLES) {
                Files.copy(MariaDbBinary.home().resolve("share").resolve(script), sql);
            }
            sql.write(OURS.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("it did not take the system tables", e);
        }
        if (MariaDbProcess.exitValue(process) != 0) {
            throw new IOException("it did not make the system tables");
        }
    }

    /** The process on the folder, or the last one; 0 if unknown. */
    static long pidOf(Path folder) {
        return numberIn(folder.resolve(PID_FILE));
    }

    /** The port at which the folder is, or was last, served; 0 if unknown. */
    static int portOf(Path folder) {
        return (int) numberIn(folder.resolve(PORT_FILE));
    }

    static void notePort(Path folder, int port) throws IOException {
        Files.writeString(folder.resolve(PORT_FILE), String.valueOf(port));
    }

    static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** The last lines of a server's log. */
    static String tail(Path log) {
        File file = log.toFile();
        if (!file.exists()) {
            return "(no log)";
        }
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join(" | ", all.subList(Math.max(0, all.size() - 5), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(unreadable)";
        }
    }

    private static long numberIn(Path file) {
        try {
            return Long.parseLong(Files.readString(file).trim());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
