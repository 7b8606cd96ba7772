package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many callers in several JVMs call the same keys at once, in all ways. In the long form one of the JVMs is killed in
 * every round, at any moment, and another one takes its place and calls everything again.
 */
class ManyJvmsTest {

    private static final int CALLERS = Integer.getInteger("plimsoll.test.callers", 8);

    /** The keys of a round in which a JVM is killed. */
    private static final int KEYS_PER_KILL = 60;

    @TempDir
    Path histories;

    private final List<Path> files = new ArrayList<>();
    private final List<Caller> jvms = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void oneEffectAndOneAnswerPerKey(TestDatabase kind) throws Exception {
        int keys = Integer.getInteger("plimsoll.test.keys", 200);
        int kills = Integer.getInteger("plimsoll.test.kills", 0);
        DurableDatabase database = DurableDatabase.create(kind);
        // A file of H2 belongs to one JVM.
        int count = kind == TestDatabase.H2 ? 1 : Integer.getInteger("plimsoll.test.jvms", 2);
        try {
            for (int i = 0; i < count; i++) {
                jvms.add(Caller.start(database));
            }
            keys = raceUntilEachHasRunSomething(keys);
            if (kills > 0) {
                killInTurn(database, keys, kills);
            }
        } finally {
            jvms.forEach(Caller::close);
        }
        History history = History.of(files);
        try (LedgerApp app = new LedgerApp(database.pool(1), Step.Listener.NONE)) {
            System.out.print(kind + ", " + count + " JVMs, " + kills + " kills: ");
            int called = keys + kills * KEYS_PER_KILL;
            if (kind == TestDatabase.H2 && kills > 0) {
                // The database dies with its JVM.
                history.assertAgreesWithWhatWasWritten(app.entries(), called);
            } else {
                history.assertAgreesWith(app.entries(), called);
            }
        }
        assertThat(history.calls()).isGreaterThanOrEqualTo((long) keys * count * CALLERS);
        assertThat(history.executors()).hasSizeGreaterThanOrEqualTo(count);
        assertThat(history.refusals()).isPositive();
    }

    /** On a busy machine one of the JVMs may come too late for every key: then there are more. */
    private int raceUntilEachHasRunSomething(int keys) throws IOException {
        int from = 0;
        do {
            race(from, from + keys);
            for (Caller jvm : jvms) {
                jvm.awaitAnswer("RACED " + from);
            }
            from += keys;
        } while (History.of(files).executors().size() < jvms.size() && from < 20 * keys);
        return from;
    }

    private void killInTurn(DurableDatabase database, int keys, int kills) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            int from = keys + kill * KEYS_PER_KILL;
            int to = from + KEYS_PER_KILL;
            int victim = random.nextInt(jvms.size());
            List<Path> round = race(from, to);
            // A line has some 20 bytes.
            long bytes = random.nextInt(KEYS_PER_KILL * CALLERS * 20);
            Caller killed = jvms.get(victim);
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> killed.hasSaid("RACED " + from) || size(round.get(victim)) >= bytes);
            killed.kill();
            Caller next = Caller.start(database);
            jvms.set(victim, next);
            race(List.of(next), from, to);
            for (Caller jvm : jvms) {
                jvm.awaitAnswer("RACED " + from);
            }
        }
    }

    private List<Path> race(int from, int to) {
        return race(jvms, from, to);
    }

    /** As soon as all of them are ready. */
    private List<Path> race(List<Caller> racing, int from, int to) {
        List<Path> round = new ArrayList<>();
        racing.forEach(Caller::awaitReady);
        for (Caller jvm : racing) {
            Path file = histories.resolve(jvm.pid() + "-" + from);
            jvm.send("race " + from + " " + to + " " + CALLERS + " " + file);
            round.add(file);
        }
        files.addAll(round);
        return round;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
