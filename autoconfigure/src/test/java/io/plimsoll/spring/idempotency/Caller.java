package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link Ledger} in a JVM of its own, which can be killed and halted. */
final class Caller implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path LOG = Path.of("target", "callers.log");

    private final Process jvm;
    private final PrintWriter commands;
    private final Set<String> answers = ConcurrentHashMap.newKeySet();

    private Caller(Process jvm) {
        this.jvm = jvm;
        this.commands = new PrintWriter(jvm.outputWriter(), true);
    }

    /** Starts one, and does not wait until it is ready. */
    static Caller start(DurableDatabase database, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // These live for seconds.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CallerMain.class.getName()));
        command.addAll(database.arguments());
        command.addAll(List.of(properties));
        Caller caller = new Caller(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
                .start());
        Thread reader = new Thread(caller::read);
        reader.setDaemon(true);
        reader.start();
        return caller;
    }

    private void read() {
        try (BufferedReader lines = jvm.inputReader()) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // Killed.
        }
    }

    Caller awaitReady() {
        awaitAnswer("READY");
        return this;
    }

    void send(String command) {
        commands.println(command);
    }

    /** Waits until the JVM has said a line that begins like this. */
    String awaitAnswer(String start) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            String found = answers.stream()
                                    .filter(line -> line.startsWith(start))
                                    .findAny()
                                    .orElse("");
                            assertThat(!found.isEmpty() || jvm.isAlive())
                                    .as("%s has ended and said %s, see %s", jvm, answers, LOG)
                                    .isTrue();
                            assertThat(answers).noneMatch(line -> line.startsWith("FAILED"));
                            return found;
                        },
                        found -> !found.isEmpty());
    }

    boolean hasSaid(String start) {
        return answers.stream().anyMatch(line -> line.startsWith(start));
    }

    long pid() {
        return jvm.pid();
    }

    /** SIGKILL: nothing runs any more, no hook and no finally. */
    void kill() {
        try {
            jvm.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
