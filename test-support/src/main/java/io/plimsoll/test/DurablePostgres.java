package io.plimsoll.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Attaches to the durable server on a data folder, or starts it. */
final class DurablePostgres {

    private DurablePostgres() {}

    static PostgresServer open(Path dataFolder, int port) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        if (serves(folder, port)) {
            return PostgresSettings.server(port, true, () -> PostmasterControl.stop(folder));
        }
        refuseIfServedElsewhere(folder, port);
        EmbeddedPostgres server = start(folder, port);
        return PostgresSettings.server(port, false, () -> stop(server, folder));
    }

    private static boolean serves(Path folder, int port) {
        Path served = PostgresProbe.dataFolderAt(port);
        if (served != null && !same(served, folder)) {
            throw new IllegalStateException("Port " + port + " is taken by a PostgreSQL on the data folder " + served
                    + ", not " + folder + ". Choose another port, or stop that server");
        }
        return served != null;
    }

    private static void refuseIfServedElsewhere(Path folder, int port) {
        int other = PostmasterControl.portOf(folder);
        if (other > 0 && other != port) {
            Path served = PostgresProbe.dataFolderAt(other);
            if (served != null && same(served, folder)) {
                throw new IllegalStateException("The data folder " + folder + " is served at port " + other
                        + " already: use that port, or stop that server");
            }
        }
    }

    private static EmbeddedPostgres start(Path folder, int port) {
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        try {
            Files.createDirectories(folder);
            PostmasterControl.forgetTheDead(folder);
            // A file, not a pipe: the server must not lose its output when this JVM is killed.
            Redirect output = Redirect.appendTo(log.toFile());
            EmbeddedPostgres server = PostgresSettings.common()
                    .setDataDirectory(folder)
                    .setPort(port)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOutputRedirector(output)
                    .setErrorRedirector(output)
                    // These win over the "-F" that the library starts the server with, as they come later.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            serves(folder, port);
            return server;
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            throw PostgresSettings.explained(
                    "Could not start PostgreSQL on " + folder + " at port " + port + ". Its log " + log + " ends with: "
                            + tail(log),
                    e);
        }
    }

    private static void stop(EmbeddedPostgres server, Path folder) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PostmasterControl.awaitEnd(folder);
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) {
        File file = log.toFile();
        if (!file.exists()) {
            return "(no log)";
        }
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "(unreadable)";
        }
    }
}
