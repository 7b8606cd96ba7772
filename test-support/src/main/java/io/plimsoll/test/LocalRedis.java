package io.plimsoll.test;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Redis as a process of its own, detached from the terminal and from this JVM. */
final class LocalRedis {

    private static final String HOST = "localhost";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LocalRedis() {}

    static RedisServer open(int port) {
        boolean running = RedisWire.answersAt(port);
        if (!running) {
            start(port);
        }
        return new RedisServer(HOST, port, running, () -> stopIfOurs(port));
    }

    static RedisServer startForThisJvm() {
        int port = freePort();
        start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopIfOurs(port), "plimsoll-redis-stop"));
        return new RedisServer(HOST, port, false, () -> {});
    }

    private static void start(int port) {
        Path log = WorkFolder.redis().resolve("redis-" + port + ".log");
        try {
            Files.deleteIfExists(log);
            Process process = new ProcessBuilder(command(port, log))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            long start = System.nanoTime();
            while (!RedisWire.answersAt(port)) {
                boolean failed = !process.isAlive() && process.exitValue() != 0;
                if (failed || System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException("Redis does not answer at port " + port + ". Its log " + log + ": "
                            + Files.readString(log));
                }
                Pause.briefly();
            }
        } catch (IOException e) {
            throw new IllegalStateException("Could not start Redis at port " + port + ": " + e.getMessage(), e);
        }
    }

    private static List<String> command(int port, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(RedisBinary.path().toString()));
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--dir", WorkFolder.redis().toString()));
        if (!System.getProperty("os.name").startsWith("Windows")) {
            // Its own session: Ctrl-C in the terminal stops the application, which then stops its servers in order.
            command.addAll(List.of("--daemonize", "yes", "--logfile", log.toString()));
            command.addAll(List.of("--pidfile", log + ".pid"));
        }
        return command;
    }

    private static void stopIfOurs(int port) {
        try {
            if (RedisWire.ask(port, "INFO server").contains("executable:" + WorkFolder.redis())) {
                RedisWire.ask(port, "SHUTDOWN NOSAVE");
            }
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
            return;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No free port", e);
        }
    }
}
