package io.plimsoll.benchmarks.outbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one would write by hand: an insert for each event; threads that claim what nobody else has, deliver and delete it in one
 * transaction. Not a peer but a mark: in no order, and what a slow receiver holds up keeps row locks and the horizon of vacuum.
 */
final class ByHandContender implements Contender {

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS by_hand (
                id bigserial PRIMARY KEY, key text NOT NULL, type text NOT NULL, payload text NOT NULL)
            """;
    private static final String INSERT = "INSERT INTO by_hand (key, type, payload) VALUES (?, ?, ?)";
    private static final String CLAIM = """
            WITH claimed AS MATERIALIZED (SELECT id FROM by_hand ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
            DELETE FROM by_hand b USING claimed c WHERE b.id = c.id RETURNING b.payload
            """;
    private static final int THREADS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final JsonMapper json = new JsonMapper();
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private volatile boolean delivering = true;

    ByHandContender(DataSource dataSource, LongConsumer delivered) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        jdbc.execute(TABLE);
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> deliver(delivered));
        }
    }

    private void deliver(LongConsumer delivered) {
        while (delivering) {
            try {
                if (Boolean.TRUE.equals(transaction.execute(status -> deliverSome(delivered)))) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (DataAccessException | TransactionException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private Boolean deliverSome(LongConsumer delivered) {
        List<String> payloads = jdbc.queryForList(CLAIM, String.class);
        payloads.forEach(payload -> delivered.accept(Placed.number(payload.getBytes(StandardCharsets.UTF_8))));
        return payloads.isEmpty();
    }

    @Override
    public TransactionTemplate transaction() {
        return transaction;
    }

    @Override
    public JdbcTemplate jdbc() {
        return jdbc;
    }

    @Override
    public void publish(Placed event) {
        jdbc.update(INSERT, event.key(), "order.placed", json.writeValueAsString(event));
    }

    @Override
    public void pause() {
        delivering = false;
    }

    @Override
    public String waiting() {
        return "SELECT EXISTS (SELECT 1 FROM by_hand)";
    }

    @Override
    public void close() {
        pause();
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
