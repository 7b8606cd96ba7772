package io.plimsoll.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where unpacked server binaries and throw-away data lie: one folder per user, so that root's files stop nobody. */
final class WorkFolder {

    private WorkFolder() {}

    static Path redis() {
        return folder("redis");
    }

    /** The PostgreSQL library makes this one writable for everybody; the folder above keeps everybody out. */
    static Path postgres() {
        return folder("postgres");
    }

    static Path mariaDb() {
        return folder("mariadb");
    }

    /** Deletes a folder and what is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Path folder(String name) {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "plimsoll-" + System.getProperty("user.name"))
                .toAbsolutePath();
        try {
            if (Files.notExists(folder)) {
                Files.createDirectories(folder);
                // What lies here is executed.
                boolean posix = Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class);
                if (posix) {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                }
            }
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + folder + "; set -Djava.io.tmpdir", e);
        }
    }
}
