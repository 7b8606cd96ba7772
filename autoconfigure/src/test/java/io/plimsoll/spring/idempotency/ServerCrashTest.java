package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** The server is killed while commits are under way, and started again. */
class ServerCrashTest {

    private static final int CALLERS = 8;
    private static final int KEYS = 60;

    @TempDir
    Path histories;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void everyCallEndsWithOneEffectWhateverTheServerGoesThrough(TestDatabase kind) throws Exception {
        int kills = Integer.getInteger("plimsoll.test.serverKills", 1);
        DurableDatabase database = DurableDatabase.create(kind);
        Commits commits = new Commits();
        Path history = histories.resolve("history");
        try (LedgerApp app = new LedgerApp(database.pool(CALLERS, Duration.ofSeconds(2)), commits)) {
            Race race = new Race(app.ledger(), ServerCrashTest::isOutage);
            for (int kill = 0; kill < kills; kill++) {
                int from = kill * KEYS;
                commits.killAfter(ThreadLocalRandom.current().nextInt(1, KEYS));
                CompletableFuture<Void> callers = CompletableFuture.runAsync(() -> run(race, from, history));
                assertThat(commits.now.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
                database.killServer();
                database.startServerAgain();
                callers.get(120, TimeUnit.SECONDS);
            }
            System.out.print(kind + ", " + kills + " server kills: ");
            History told = History.of(List.of(history));
            if (kind == TestDatabase.MARIADB) {
                // Without a binary log InnoDB ends a transaction first and writes it then.
                told.assertAgreesWithWhatWasWritten(entries(app), kills * KEYS);
            } else {
                told.assertAgreesWith(entries(app), kills * KEYS);
            }
        }
    }

    /** The pool may still hold a connection to the server that was killed. */
    private static Map<String, List<String>> entries(LedgerApp app) {
        return await().ignoreExceptionsInstanceOf(DataAccessResourceFailureException.class)
                .until(app::entries, read -> true);
    }

    private static void run(Race race, int from, Path history) {
        try {
            race.run(from, from + KEYS, CALLERS, history);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A failure of the work, or of a commit that has not happened, is the database's own. Else there are but these. */
    private static boolean isOutage(RuntimeException e) {
        return e instanceof OutcomeUnknownException
                || e instanceof StoreUnavailableException
                || ((e instanceof DataAccessException || e instanceof TransactionException)
                        && Stream.of(e.getStackTrace())
                                .map(StackTraceElement::getMethodName)
                                .anyMatch(Set.of("write", "record", "processCommit", "processRollback")::contains));
    }

    /** Gives a sign in the midst of commits. */
    private static final class Commits implements Step.Listener {

        final Semaphore now = new Semaphore(0);
        private final AtomicInteger left = new AtomicInteger(-1);

        void killAfter(int outcomes) {
            left.set(outcomes);
        }

        @Override
        public void reached(Step step) {
            if (step == Step.AFTER_OUTCOME && left.decrementAndGet() == 0) {
                now.release();
            }
        }
    }
}
