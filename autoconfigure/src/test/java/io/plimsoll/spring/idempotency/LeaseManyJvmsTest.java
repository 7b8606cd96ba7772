package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many callers in several JVMs call the same keys at once, in LEASE mode. JVMs are killed at any moment, and others take
 * their place and call everything again: no key has two effects, and whatever is not known is said to be.
 */
class LeaseManyJvmsTest {

    private final int jvmCount = Integer.getInteger("plimsoll.test.jvms", 2);
    private final int callers = Integer.getInteger("plimsoll.test.callers", 8);
    private final int keys = Integer.getInteger("plimsoll.test.keys", 150);
    private final int kills = Integer.getInteger("plimsoll.test.kills", 2);

    @TempDir
    Path histories;

    private final List<Path> files = new ArrayList<>();
    private final List<Caller> jvms = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "REDIS"})
    void noKeyHasTwoEffectsAndWhatIsNotKnownIsSaidToBe(LeaseStore store) throws Exception {
        // The file of an embedded database has one JVM.
        DurableDatabase database =
                DurableDatabase.create(store == LeaseStore.REDIS ? TestDatabase.POSTGRESQL : store.database());
        String[] properties = store.properties();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try {
            for (int i = 0; i < jvmCount; i++) {
                jvms.add(Caller.start(database, properties));
            }
            int from = 0;
            for (int round = 0; round <= kills; round++) {
                int to = (round + 1) * keys / (kills + 1);
                race(from, to);
                if (round < kills) {
                    killOne(random, database, properties, from, to);
                }
                for (Caller jvm : jvms) {
                    jvm.awaitAnswer("RACED " + from);
                }
                from = to;
            }
        } finally {
            jvms.forEach(Caller::close);
        }
        System.out.print(
                store + ", " + jvmCount + " JVMs x " + callers + " callers, " + kills + " kills, seed " + seed + ": ");
        check(database);
    }

    private void race(int from, int to) throws IOException {
        for (Caller jvm : jvms) {
            race(jvm, from, to);
        }
    }

    private Path race(Caller jvm, int from, int to) {
        jvm.awaitReady();
        Path file = histories.resolve(jvm.pid() + "-" + from);
        jvm.send("lease-race " + from + " " + to + " " + callers + " " + file);
        files.add(file);
        return file;
    }

    private void killOne(Random random, DurableDatabase database, String[] properties, int from, int to)
            throws IOException {
        int victim = random.nextInt(jvms.size());
        Caller killed = jvms.get(victim);
        Path file = histories.resolve(killed.pid() + "-" + from);
        // A line has some 15 bytes.
        long bytes = random.nextInt((to - from) * callers * 15);
        await().atMost(Duration.ofMinutes(5))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> killed.hasSaid("RACED " + from) || (Files.exists(file) && Files.size(file) >= bytes));
        killed.kill();
        Caller next = Caller.start(database, properties);
        jvms.set(victim, next);
        race(next, from, to);
    }

    private void check(DurableDatabase database) throws IOException {
        Map<String, Set<String>> told = new HashMap<>();
        long calls = 0;
        for (Path file : files) {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] words = line.split(" ");
                told.computeIfAbsent(words[0], name -> new HashSet<>()).add(words[1]);
                calls++;
            }
        }
        Map<String, List<String>> effects;
        try (LedgerApp app = new LedgerApp(database.pool(1), Step.Listener.NONE)) {
            effects = app.entries();
        }
        List<String> wrong = new ArrayList<>();
        int unknown = 0;
        for (int key = 0; key < keys; key++) {
            String name = Race.name(key);
            List<String> done = effects.getOrDefault(name, List.of());
            Set<String> answers = new HashSet<>(told.getOrDefault(name, Set.of()));
            boolean saidUnknown = answers.remove(LeaseRace.UNKNOWN);
            unknown += saidUnknown ? 1 : 0;
            boolean one = answers.size() == 1 && done.equals(List.copyOf(answers)) && !saidUnknown;
            boolean nobodyKnows = answers.isEmpty() && saidUnknown && done.size() <= 1;
            if (!one && !nobodyKnows) {
                wrong.add(name + ": told " + told.get(name) + ", found " + done);
            }
        }
        System.out.printf(
                "%d keys, %d answers, %d effects, %d keys of unknown outcome, %d wrong%n",
                keys, calls, effects.values().stream().mapToInt(List::size).sum(), unknown, wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThanOrEqualTo((long) keys * callers * jvmCount);
        // A kill leaves unknown at most what was running in its JVM.
        assertThat(unknown).isLessThanOrEqualTo(kills * callers);
    }
}
