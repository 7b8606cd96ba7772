package io.plimsoll.test;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The shared server as a process: fast settings, a free port, data that go with the JVM. */
final class EphemeralMariaDb {

    private static final String DATA = "data-";
    private static final String LOCK = ".lock";
    private static final List<String> SETTINGS =
            List.of("--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--innodb-doublewrite=OFF");

    private EphemeralMariaDb() {}

    static MariaDbServer start() {
        try {
            removeLeftovers();
            Path folder = WorkFolder.mariaDb().resolve(DATA + UUID.randomUUID());
            FileLock lock = lockForTheLifeOfThisJvm(folder);
            int port = freePort();
            Process process = MariaDbProcess.serve(folder, sibling(folder, ".log"), port, SETTINGS);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder, lock), "plimsoll-mariadb-stop"));
            return MariaDbProcess.server(port, false, () -> {});
        } catch (IOException e) {
            throw new IllegalStateException("Could not start the shared MariaDB: " + e.getMessage(), e);
        }
    }

    /** The operating system drops the lock of a JVM, however it dies; what has no lock is nobody's. */
    @SuppressWarnings("resource")
    private static FileLock lockForTheLifeOfThisJvm(Path folder) throws IOException {
        return FileChannel.open(sibling(folder, LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .lock();
    }

    /** Stops the servers of JVMs that were killed, and removes their data. */
    private static void removeLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(WorkFolder.mariaDb())) {
            for (Path lockFile :
                    (Iterable<Path>) files.filter(file -> file.toString().endsWith(LOCK))::iterator) {
                String name = lockFile.getFileName().toString();
                Path folder = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
                try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                        FileLock lock = channel.tryLock()) {
                    if (lock != null) {
                        kill(folder);
                        delete(folder);
                    }
                } catch (IOException e) {
                    // Another JVM removes the same at this moment.
                    continue;
                }
            }
        }
    }

    private static void kill(Path folder) {
        long pid = MariaDbFolder.pidOf(folder);
        if (MariaDbProcess.alive(pid)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static void end(Process process, Path folder, FileLock lock) {
        MariaDbProcess.exitValue(process.destroyForcibly());
        try {
            delete(folder);
            lock.acquiredBy().close();
        } catch (IOException e) {
            // The next JVM removes what is left.
            return;
        }
    }

    private static void delete(Path folder) throws IOException {
        WorkFolder.delete(folder);
        Files.deleteIfExists(sibling(folder, ".log"));
        Files.deleteIfExists(sibling(folder, LOCK));
    }

    private static Path sibling(Path folder, String suffix) {
        return folder.resolveSibling(folder.getFileName() + suffix);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
