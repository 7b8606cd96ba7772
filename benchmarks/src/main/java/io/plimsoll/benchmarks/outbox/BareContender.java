package io.plimsoll.benchmarks.outbox;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes nothing. */
final class BareContender implements Contender {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    BareContender(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
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
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause() {}

    @Override
    public String waiting() {
        return "SELECT false";
    }

    @Override
    public void close() {}
}
