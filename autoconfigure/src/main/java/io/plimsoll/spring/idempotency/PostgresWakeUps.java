package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.EndOfCalls;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.jdbc.DirectConnections;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Tells of ended calls by {@code NOTIFY}, from one JVM to the others. On connections of its own that come from no pool: one
 * to listen while anybody waits, and one to say so.
 *
 * <p>Who waits holds a shared advisory lock that names the record. The statement that records an outcome tries the same
 * lock exclusively, which costs it no round trip: if that fails somebody waits, and is notified after the commit. Nothing is
 * sent where nobody waits. Thread-safe.
 */
final class PostgresWakeUps implements EndOfCalls, AutoCloseable {

    /** What tells these locks from others of two numbers. */
    static final int LOCK_CLASS = 0x506c696d;

    private static final Log log = LogFactory.getLog(PostgresWakeUps.class);
    private static final String CHANNEL = "plimsoll_idempotency";
    private static final int LOOK_MILLIS = 500;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final DirectConnections connections;
    private final Map<String, Set<Runnable>> watches = new ConcurrentHashMap<>();
    private @Nullable ExecutorService executor;
    private @Nullable Connection speaking;
    private boolean listening;
    private long notBefore = System.nanoTime();

    PostgresWakeUps(DirectConnections connections) {
        this.connections = connections;
    }

    /** The name of a lock, and a chance in four thousand million of another record with the same. */
    static int lock(RecordId id) {
        return ByteBuffer.wrap(id.bytes()).getInt(Long.BYTES);
    }

    @Override
    public AutoCloseable watch(RecordId id, Runnable ended) {
        String name = id.hex();
        watches.compute(name, (key, others) -> {
            Set<Runnable> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(ended);
            return all;
        });
        boolean mayBeRunning;
        try {
            listen();
            mayBeRunning = lockShared(id);
        } catch (SQLException e) {
            forget(name, ended);
            throw new IllegalStateException("No connection to be notified on", e);
        }
        if (!mayBeRunning) {
            ended.run(); // It is recording its outcome just now.
        }
        return () -> {
            try {
                if (mayBeRunning) {
                    unlock(id); // Before the last one has gone, and the connection with it.
                }
            } finally {
                forget(name, ended);
            }
        };
    }

    private void forget(String name, Runnable ended) {
        watches.computeIfPresent(name, (key, all) -> {
            all.remove(ended);
            return all.isEmpty() ? null : all;
        });
    }

    private synchronized boolean lockShared(RecordId id) throws SQLException {
        return ask("SELECT pg_try_advisory_lock_shared(?, ?)", id);
    }

    private synchronized void unlock(RecordId id) throws SQLException {
        ask("SELECT pg_advisory_unlock_shared(?, ?)", id);
    }

    private boolean ask(String sql, RecordId id) throws SQLException {
        try (PreparedStatement statement = speaking().prepareStatement(sql)) {
            statement.setInt(1, LOCK_CLASS);
            statement.setInt(2, lock(id));
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** A call has ended that somebody waits for. Does not wait until they are told. */
    synchronized void tell(RecordId id) {
        execute(() -> notify(id));
    }

    private synchronized void notify(RecordId id) {
        try (PreparedStatement statement = speaking().prepareStatement("SELECT pg_notify(?, ?)")) {
            statement.setString(1, CHANNEL);
            statement.setString(2, id.hex());
            statement.execute();
        } catch (SQLException e) {
            log.debug("Those who wait for a call were not notified; they look for themselves", e);
        }
    }

    /** A database that does not answer is not asked again at once: whoever waits has better things to wait for. */
    private Connection speaking() throws SQLException {
        Connection open = speaking;
        if (open == null || !open.isValid(1)) {
            closeSpeaking();
            if (System.nanoTime() - notBefore < 0) {
                throw new SQLException("It did not answer a moment ago");
            }
            notBefore = System.nanoTime() + PAUSE_NANOS;
            open = connections.open();
            speaking = open;
            notBefore = System.nanoTime();
        }
        return open;
    }

    private synchronized void listen() {
        if (!listening) {
            listening = true;
            execute(this::listenWhileAnybodyWaits);
        }
    }

    private void execute(Runnable work) {
        ExecutorService threads = executor;
        if (threads == null) {
            CustomizableThreadFactory factory = new CustomizableThreadFactory("plimsoll-idempotency-notify-");
            factory.setDaemon(true);
            threads = Executors.newCachedThreadPool(factory);
            executor = threads;
        }
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            log.debug("Closed", e);
        }
    }

    private void listenWhileAnybodyWaits() {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            PGConnection notified = connection.unwrap(PGConnection.class);
            do {
                PGNotification[] all = notified.getNotifications(LOOK_MILLIS);
                for (PGNotification each : all == null ? new PGNotification[0] : all) {
                    watches.getOrDefault(each.getParameter(), Set.of()).forEach(Runnable::run);
                }
            } while (goOn());
        } catch (SQLException e) {
            log.debug("The connection that is notified was lost; those who wait look for themselves", e);
            stopped();
        }
    }

    /** Whoever comes after it has said no starts it anew. */
    private synchronized boolean goOn() {
        listening = !watches.isEmpty() && executor != null;
        if (!listening) {
            closeSpeaking();
        }
        return listening;
    }

    private synchronized void stopped() {
        listening = false;
    }

    private void closeSpeaking() {
        JdbcUtils.closeConnection(speaking);
        speaking = null;
    }

    @Override
    public synchronized void close() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
        closeSpeaking();
    }
}
