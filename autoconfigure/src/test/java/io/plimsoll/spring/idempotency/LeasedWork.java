package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotency;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import io.plimsoll.idempotency.Recovered;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Methods in LEASE mode whose work a test says. */
class LeasedWork {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Script script;

    /** What the work is, and what was seen of it. */
    static class Script {

        final AtomicInteger runs = new AtomicInteger();
        final AtomicInteger recoveries = new AtomicInteger();
        final List<Long> tokens = new CopyOnWriteArrayList<>();
        volatile Callable<@Nullable String> work = () -> "done";
        volatile Recovered<String> recovered = Recovered.unknown();
    }

    LeasedWork(JdbcTemplate jdbc, PlatformTransactionManager transactions, Script script) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.script = script;
    }

    @Idempotent(key = "#key", mode = Mode.LEASE)
    public @Nullable String once(String key) throws Exception {
        return run();
    }

    @Idempotent(key = "#key", mode = Mode.LEASE)
    public @Nullable String once(String key, String payload) throws Exception {
        return run();
    }

    @Idempotent(key = "#key", mode = Mode.LEASE, lease = "400ms")
    public @Nullable String briefly(String key) throws Exception {
        return run();
    }

    @Idempotent(key = "#key", mode = Mode.LEASE, onDuplicate = OnDuplicate.WAIT, maxWait = "20s")
    public @Nullable String patiently(String key) throws Exception {
        return run();
    }

    @Idempotent(key = "#key", mode = Mode.LEASE, lease = "400ms", onLost = OnLost.RERUN)
    public @Nullable String again(String key) throws Exception {
        return run();
    }

    @Idempotent(key = "#key", mode = Mode.LEASE, lease = "400ms", onLost = OnLost.RERUN)
    public @Nullable String again(String key, String payload) throws Exception {
        return run();
    }

    @Idempotent(key = "#key", mode = Mode.LEASE, lease = "400ms", recover = "find")
    public @Nullable String recoverably(String key) throws Exception {
        return run();
    }

    @SuppressWarnings("unused") // Named by recover.
    private Recovered<String> find(String key) {
        script.recoveries.incrementAndGet();
        return script.recovered;
    }

    @Transactional
    @Idempotent(key = "#key", mode = Mode.LEASE)
    public @Nullable String inTransaction(String key) throws Exception {
        return run();
    }

    @Idempotent(key = "#key", mode = Mode.LEASE, recordFailures = Declined.class)
    public @Nullable String declinably(String key) throws Exception {
        return run();
    }

    private @Nullable String run() throws Exception {
        script.runs.incrementAndGet();
        script.tokens.add(Idempotency.fencingToken());
        return script.work.call();
    }

    /** Writes a row, without a transaction of its own. */
    void write(String name) {
        jdbc.update("INSERT INTO effects (name) VALUES (?)", name);
    }

    void writeInTransaction(String name) {
        transactions.executeWithoutResult(status -> write(name));
    }

    /** A failure that is an answer. */
    static final class Declined extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Declined(String message) {
            super(message);
        }
    }
}
