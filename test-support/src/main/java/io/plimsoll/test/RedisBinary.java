package io.plimsoll.test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** The Redis of this platform, unpacked once per user. */
final class RedisBinary {

    private RedisBinary() {}

    static Path path() throws IOException {
        String resource = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        if (resource == null) {
            throw new FileNotFoundException("there is no Redis for " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + "; start a Docker engine, or name a running Redis");
        }
        Path binary = WorkFolder.redis().resolve(resource.substring(1));
        if (!Files.isExecutable(binary)) {
            unpack(resource, binary);
        }
        return binary;
    }

    /** Moved into place in one step, since other JVMs may look for it or run it at this moment. */
    private static void unpack(String resource, Path binary) throws IOException {
        Path fresh = Files.createTempFile(WorkFolder.redis(), "redis", ".new");
        try (InputStream in = ExecutableProvider.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " is not in the embedded-redis jar");
            }
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!fresh.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + fresh + " executable");
        }
        Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
    }
}
