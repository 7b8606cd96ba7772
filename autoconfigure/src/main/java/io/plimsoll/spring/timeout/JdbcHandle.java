package io.plimsoll.spring.timeout;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * How to end a call into a JDBC driver: {@link Statement#cancel()}, and {@link Connection#abort} if that does not take.
 * Never an interrupt: a platform thread ignores it until the query ends, a virtual thread closes the connection on it.
 *
 * @param statement null for calls that cannot be cancelled, a rollback say; they are given a grace period
 */
record JdbcHandle(Connection connection, @Nullable Statement statement, String activity) implements CancelHandle {

    static final String KIND = "jdbc";

    @Override
    public void cancel() throws SQLException {
        if (statement != null) {
            statement.cancel();
        }
    }

    @Override
    public void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
