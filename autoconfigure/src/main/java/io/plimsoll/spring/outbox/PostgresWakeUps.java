package io.plimsoll.spring.outbox;

import io.plimsoll.spring.jdbc.DirectConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * By {@code NOTIFY}, on connections of its own: in the business transaction it would take a lock of the whole server, and was
 * measured to make that four to ten times slower. At most one in ten milliseconds, however much is written. Thread-safe.
 */
final class PostgresWakeUps implements WakeUps {

    private static final Log log = LogFactory.getLog(PostgresWakeUps.class);
    private static final String CHANNEL = "plimsoll_outbox";
    private static final int LOOK_MILLIS = 500;
    private static final long QUIET_MILLIS = 10;
    private static final long PAUSE_MILLIS = 5_000;

    private final DirectConnections connections;
    private final Set<Integer> waiting = new TreeSet<>();
    private @Nullable ExecutorService threads;

    PostgresWakeUps(DirectConnections connections) {
        this.connections = connections;
    }

    @Override
    public synchronized void start(Consumer<Set<Integer>> woken) {
        CustomizableThreadFactory factory = new CustomizableThreadFactory("plimsoll-outbox-notify-");
        factory.setDaemon(true);
        ExecutorService both = Executors.newFixedThreadPool(2, factory);
        threads = both;
        both.execute(() -> whileRunning(() -> listen(woken)));
        both.execute(() -> whileRunning(this::speak));
    }

    private interface Work {

        void run() throws SQLException, InterruptedException;
    }

    private synchronized boolean isRunning() {
        return threads != null;
    }

    /** A connection that is lost is opened again after a while: until then the others look for themselves. */
    private void whileRunning(Work work) {
        try {
            while (isRunning()) {
                try {
                    work.run();
                } catch (SQLException e) {
                    log.debug("The connection that instances notify each other on was lost", e);
                    pause(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); threads != null && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private void listen(Consumer<Set<Integer>> woken) throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            woken.accept(Set.of()); // What was said before nobody heard.
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (isRunning()) {
                PGNotification[] all = notified.getNotifications(LOOK_MILLIS);
                if (all != null && all.length > 0) {
                    woken.accept(Arrays.stream(all)
                            .flatMap(each -> Arrays.stream(each.getParameter().split(",")))
                            .map(Integer::valueOf)
                            .collect(Collectors.toSet()));
                }
            }
        }
    }

    /** Opens nothing before there is something to say. */
    private void speak() throws SQLException, InterruptedException {
        String first = next();
        if (first == null) {
            return;
        }
        try (Connection connection = connections.open();
                PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            for (String buckets = first; buckets != null; buckets = next()) {
                notify.setString(1, CHANNEL);
                notify.setString(2, buckets);
                notify.execute();
                pause(QUIET_MILLIS);
            }
        }
    }

    private synchronized @Nullable String next() throws InterruptedException {
        while (threads != null && waiting.isEmpty()) {
            wait();
        }
        String buckets = waiting.stream().map(String::valueOf).collect(Collectors.joining(","));
        waiting.clear();
        return threads == null ? null : buckets;
    }

    @Override
    public synchronized void tell(Set<Integer> buckets) {
        if (waiting.addAll(buckets)) {
            notifyAll();
        }
    }

    @Override
    public synchronized void stop() {
        ExecutorService both = threads;
        threads = null;
        notifyAll();
        if (both != null) {
            both.shutdown();
        }
    }
}
