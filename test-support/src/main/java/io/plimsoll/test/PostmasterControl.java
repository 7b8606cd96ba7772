package io.plimsoll.test;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Controls a server that this JVM did not start, by the files that PostgreSQL keeps in its data folder. */
final class PostmasterControl {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PATIENCE_WITH_ZOMBIES = Duration.ofSeconds(15);

    private PostmasterControl() {}

    /** The port at which the folder is, or was last, served; 0 if it was stopped in order. */
    static int portOf(Path folder) {
        return (int) numberInPidFile(folder, 3);
    }

    /** Whether the process that the pid file names runs. */
    static boolean alive(Path folder) {
        long pid = numberInPidFile(folder, 0);
        return pid > 0 && ProcessHandle.of(pid).isPresent();
    }

    /**
     * Lets a server start on a folder whose last one died: PostgreSQL takes any live process of the same user with the
     * recorded number for a running server, be it a zombie or, after a reboot, somebody else's.
     */
    static void forgetTheDead(Path folder) throws IOException {
        long start = System.nanoTime();
        // While it waits to be reaped, its last backends may still be writing.
        while (alive(folder) && executable(folder).isEmpty()) {
            if (System.nanoTime() - start > PATIENCE_WITH_ZOMBIES.toNanos()) {
                break;
            }
            Pause.briefly();
        }
        if (alive(folder) && !executable(folder).contains("postgres")) {
            Files.deleteIfExists(folder.resolve("postmaster.pid"));
        }
    }

    /** What the process that the pid file names runs; empty for a zombie. */
    private static String executable(Path folder) {
        return ProcessHandle.of(numberInPidFile(folder, 0))
                .flatMap(process -> process.info().command())
                .orElse("");
    }

    private static long numberInPidFile(Path folder, int line) {
        try {
            return Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid"))
                    .get(line)
                    .trim());
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return 0;
        }
    }

    /** Breaks off running transactions, stops the server and waits for its end. */
    static void stop(Path folder) {
        List<String> command = new ArrayList<>();
        // As root: the library runs PostgreSQL in a user namespace, and pg_ctl too refuses to run as root.
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        try {
            command.addAll(List.of(pgCtl(folder).toString(), "stop", "-D", folder.toString(), "-m", "fast", "-w"));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 && alive(folder)) {
                throw new IllegalStateException("Could not stop the PostgreSQL on " + folder + ": " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Could not stop the PostgreSQL on " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while stopping the PostgreSQL on " + folder, e);
        }
    }

    /** Waits until the server has removed its pid file, its last act, or is no more. */
    static void awaitEnd(Path folder) {
        long start = System.nanoTime();
        while (alive(folder) && !executable(folder).isEmpty()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("The PostgreSQL on " + folder + " does not stop; its log says why");
            }
            Pause.briefly();
        }
    }

    /** Beside the binary the server was started from: the first, unquoted word of {@code postmaster.opts}. */
    private static Path pgCtl(Path folder) throws IOException {
        String options = Files.readString(folder.resolve("postmaster.opts"));
        int end = options.indexOf(" \"");
        Path postgres =
                Path.of(options.substring(0, end < 0 ? options.length() : end).trim());
        return postgres.resolveSibling(postgres.toString().endsWith(".exe") ? "pg_ctl.exe" : "pg_ctl");
    }
}
