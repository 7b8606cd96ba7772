package io.plimsoll.spring.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Work on a connection of its own, whatever the thread is doing: in no transaction of its caller. Thread-safe. */
public final class Apart {

    private final StoreDataSource source;

    public Apart(StoreDataSource source) {
        this.source = source;
    }

    /** In a transaction of its own. */
    public <T> T inTransaction(int isolation, BiFunction<JdbcTemplate, TransactionStatus, T> work) {
        SingleConnectionDataSource own = new SingleConnectionDataSource(open(), true);
        try {
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(own));
            transaction.setIsolationLevel(isolation);
            return Objects.requireNonNull(transaction.execute(status -> work.apply(new JdbcTemplate(own), status)));
        } finally {
            own.destroy();
        }
    }

    /** Each statement for itself: a commit would be one more round trip. */
    public <T> T statementByStatement(Function<JdbcTemplate, T> work) {
        Connection connection = open();
        try {
            return work.apply(new JdbcTemplate(new SingleConnectionDataSource(committing(connection), true)));
        } finally {
            JdbcUtils.closeConnection(connection);
        }
    }

    /** A pool that hands out connections which wait for a commit puts that back when it gets one back. */
    private static Connection committing(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            return connection;
        } catch (SQLException e) {
            JdbcUtils.closeConnection(connection);
            throw new CannotGetJdbcConnectionException("A store of Plimsoll gets no usable connection", e);
        }
    }

    private Connection open() {
        try {
            return source.dataSource().getConnection();
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("A store of Plimsoll gets no connection", e);
        }
    }
}
