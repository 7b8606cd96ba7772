package io.plimsoll.spring.idempotency;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** Tells a lost connection, after which nobody knows what the database did, from an answer of the database. */
final class ConnectionLoss {

    private ConnectionLoss() {}

    static boolean isIn(Throwable failure) {
        return Causes.any(failure, each -> each instanceof SQLException sql && isConnectionLoss(sql));
    }

    /** Class 08 is "connection exception"; 57P01 to 57P03 are PostgreSQL's own for a server that goes or comes. */
    private static boolean isConnectionLoss(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLNonTransientConnectionException
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLRecoverableException
                || (state != null && (state.startsWith("08") || state.startsWith("57P0")));
    }
}
