package io.plimsoll.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where unpacked server binaries and throw-away data lie: one folder per user, so that root's files stop nobody. */
final class WorkFolder {

    private WorkFolder() {}

    static Path path() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "plimsoll-" + System.getProperty("user.name"))
                .toAbsolutePath();
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + folder + "; set -Djava.io.tmpdir", e);
        }
    }
}
