package io.plimsoll.spring.timeout;

import java.sql.Connection;
import java.sql.SQLException;

/** Ends a commit that takes too long, in the one way there is: nobody knows then what became of it. */
record CommitHandle(Connection connection) implements CancelHandle {

    @Override
    public void cancel() throws SQLException {
        connection.abort(Runnable::run);
    }

    @Override
    public String kind() {
        return JdbcHandle.KIND;
    }

    @Override
    public String activity() {
        return "a commit";
    }
}
