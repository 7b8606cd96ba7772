package io.plimsoll.spring.timeout;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches over rows that are fetched from the server in portions: moving on may wait for the next one. */
final class ResultSetProxy extends JdbcProxy {

    private static final Set<String> MOVES = Set.of(
            "next",
            "previous",
            "first",
            "last",
            "absolute",
            "relative",
            "beforeFirst",
            "afterLast",
            "refreshRow",
            "insertRow",
            "updateRow",
            "deleteRow");

    private final ConnectionProxy watched;
    private final Statement statementProxy;
    private final CancelHandle handle;

    ResultSetProxy(ConnectionProxy watched, Statement statementProxy, ResultSet rows, CancelHandle handle) {
        super(rows);
        this.watched = watched;
        this.statementProxy = statementProxy;
        this.handle = handle;
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        String name = method.getName();
        if (MOVES.contains(name)) {
            watched.executing();
            return passWithin(handle, method, args);
        }
        return switch (name) {
            case "getStatement" -> statementProxy;
            case "close" -> passUnder(handle, method, args);
            default -> pass(method, args);
        };
    }
}
