package io.plimsoll.benchmarks.idempotency;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What one would write by hand: claim first, outcome last, in the business transaction. Not a peer but a mark: no
 * fingerprint, no scope, no expiry; a duplicate of a running call waits in the database, with a connection in its hand.
 */
final class ByHandContender implements Contender {

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS by_hand (key text PRIMARY KEY, answer text)
            """;
    private static final String CLAIM = "INSERT INTO by_hand (key) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String OUTCOME = "UPDATE by_hand SET answer = ? WHERE key = ?";
    private static final String REPLAY = "SELECT answer FROM by_hand WHERE key = ?";

    private final Task task;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    ByHandContender(Task task, DataSource dataSource) {
        this.task = task;
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        jdbc.execute(TABLE);
    }

    @Override
    public String name() {
        return "by hand";
    }

    @Override
    public Receipt call(String key) {
        return transaction.execute(status -> runOnce(key));
    }

    private Receipt runOnce(String key) {
        if (jdbc.update(CLAIM, key) == 0) {
            return parse(String.valueOf(jdbc.queryForObject(REPLAY, String.class, key)));
        }
        Receipt receipt = task.run(jdbc, key);
        jdbc.update(OUTCOME, receipt.reference() + "," + receipt.cents() + "," + receipt.status(), key);
        return receipt;
    }

    private static Receipt parse(String answer) {
        String[] parts = answer.split(",", -1);
        return new Receipt(parts[0], Integer.parseInt(parts[1]), parts[2]);
    }
}
