package io.plimsoll.spring.idempotency;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.spring.idempotency.Ledger.Way;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The JVM of a {@link Caller}. It takes commands from its input, and ends with it. */
final class CallerMain {

    private static final ThreadLocal<@Nullable Step> STOP_AT = new ThreadLocal<>();
    private static final CountDownLatch GO = new CountDownLatch(1);
    private static final PrintStream ANSWERS = System.out;

    private CallerMain() {}

    public static void main(String[] args) throws Exception {
        System.setOut(System.err);
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        DurableDatabase database = DurableDatabase.of(List.of(args));
        String[] properties = Arrays.copyOfRange(args, 4, args.length);
        LedgerApp app = new LedgerApp(
                database.pool(30),
                CallerMain::reached,
                properties,
                properties.length == 0 ? new Class<?>[0] : new Class<?>[] {LeaseStore.Redis.class});
        tell("READY");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
            String[] words = command.split(" ");
            new Thread(() -> execute(app, words)).start();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void execute(LedgerApp app, String[] words) {
        Ledger ledger = app.ledger();
        try {
            switch (words[0]) {
                case "book" -> book(ledger, Way.valueOf(words[1]), words[2], Step.valueOf(words[3]));
                case "lease" ->
                    lease(app.leased(), LeasedLedger.Way.valueOf(words[1]), words[2], Step.valueOf(words[3]));
                case "lease-race" -> {
                    int from = Integer.parseInt(words[1]);
                    int to = Integer.parseInt(words[2]);
                    new LeaseRace(app.leased()).run(from, to, Integer.parseInt(words[3]), Path.of(words[4]));
                    tell("RACED " + from);
                }
                case "race" -> {
                    int from = Integer.parseInt(words[1]);
                    int to = Integer.parseInt(words[2]);
                    new Race(ledger, failure -> false).run(from, to, Integer.parseInt(words[3]), Path.of(words[4]));
                    tell("RACED " + from);
                }
                case "go" -> GO.countDown();
                default -> throw new IllegalArgumentException(words[0]);
            }
        } catch (Exception e) {
            tell("FAILED " + String.join(" ", words) + " " + e);
        }
    }

    private static void book(Ledger ledger, Way way, String name, Step stopAt) {
        Thread.currentThread().setName(name);
        STOP_AT.set(stopAt);
        String number = way.book(ledger, name).number();
        reached(Step.BEFORE_ANSWER);
        tell("ANSWER " + name + " " + number);
    }

    private static void lease(LeasedLedger ledger, LeasedLedger.Way way, String name, Step stopAt) {
        Thread.currentThread().setName(name);
        STOP_AT.set(stopAt);
        String answer;
        try {
            answer = way.book(ledger, name);
        } catch (OutcomeUnknownException e) {
            answer = "UNKNOWN";
        }
        reached(Step.BEFORE_ANSWER);
        tell("ANSWER " + name + " " + answer);
    }

    private static void reached(Step step) {
        if (STOP_AT.get() == step) {
            STOP_AT.remove();
            tell("AT " + Thread.currentThread().getName() + " " + step);
            try {
                GO.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void tell(String line) {
        synchronized (ANSWERS) {
            ANSWERS.println(line);
            ANSWERS.flush();
        }
    }
}
