package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Proofs 1 and 2 of the protocol: JVMs that write and deliver are killed, or stopped for longer than their lease and continued, at
 * any moment; the history is checked afterwards. {@code -Dplimsoll.test.kills=200} for a long run.
 */
class OutboxCrashTest {

    private static final int COUNTERS = 40;
    private static final int INSTANCES = 3;

    private final int kills = Integer.getInteger("plimsoll.test.kills", 3);
    private final List<String> delivered = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket collector;

    @BeforeEach
    void collect() throws IOException {
        collector = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!collector.isClosed()) {
                try {
                    Socket socket = collector.accept();
                    threads.execute(() -> collect(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void collect(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                delivered.add(line);
                socket.getOutputStream().write("ok\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // Its JVM was killed.
        }
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void nothingIsLostMadeUpOrOutOfOrderWhoeverIsKilled(OutboxDatabase.Kind kind) throws Exception {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            Counters counters = Counters.create(database.jdbc(), COUNTERS);
            killAtRandom(database, collector.getLocalPort());

            int duplicates = counters.check(List.copyOf(delivered));
            assertThat(delivered).hasSizeGreaterThan(kills * 20);
            System.out.println(kind + ": " + delivered.size() + " delivered, " + duplicates + " of them again, " + kills
                    + " killed or stopped");
        }
    }

    /** Once, not at least once: what they write and the removal of the event are one transaction. */
    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void whatAListenerWritesIsThereOnceWhoeverIsKilled(OutboxDatabase.Kind kind) throws Exception {
        try (OutboxDatabase database = new OutboxDatabase(kind)) {
            Counters counters = Counters.create(database.jdbc(), COUNTERS);
            ListenerTest.Ledger.createTable(database.jdbc());
            killAtRandom(database, 0);

            List<String> written = ListenerTest.Ledger.of(database);
            Set<String> once = new HashSet<>(written);
            assertThat(written).hasSizeGreaterThan(kills * 20).hasSameSizeAs(once);
            assertThat(once.equals(Set.copyOf(counters.all())))
                    .as("what is there is what was committed")
                    .isTrue();
            System.out.println(kind + ": " + written.size() + " written once, " + kills + " killed or stopped");
        }
    }

    private void killAtRandom(OutboxDatabase database, int port) throws Exception {
        List<Process> instances = new ArrayList<>();
        try {
            for (int i = 0; i < INSTANCES; i++) {
                instances.add(start(database, port, 1));
            }
            for (int i = 0; i < kills; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(300, 1_500)));
                int victim = ThreadLocalRandom.current().nextInt(INSTANCES);
                if (i % 3 == 2) {
                    signal("STOP", instances.get(victim));
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4)); // Longer than its lease.
                    signal("CONT", instances.get(victim));
                } else {
                    instances.get(victim).destroyForcibly().waitFor();
                    instances.set(victim, start(database, port, 1));
                }
            }
            for (Process each : instances) {
                each.destroyForcibly().waitFor();
            }
            instances.add(start(database, port, 0));
            await().atMost(Duration.ofMinutes(2)).until(database::isDelivered);
        } finally {
            instances.forEach(Process::destroyForcibly);
        }
    }

    private Process start(OutboxDatabase database, int port, int writers) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OutboxMain.class.getName()));
        command.addAll(database.access());
        command.addAll(List.of(String.valueOf(port), String.valueOf(COUNTERS), String.valueOf(writers)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.equals("READY")) {
            line = out.readLine();
        }
        assertThat(line).isEqualTo("READY");
        threads.execute(() -> drain(out));
        return process;
    }

    /** Until it is killed. */
    private static void drain(BufferedReader out) {
        try {
            while (out.readLine() != null) {
                // It goes on.
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }
}
