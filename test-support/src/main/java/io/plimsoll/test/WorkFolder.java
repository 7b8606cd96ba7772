package io.plimsoll.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

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
