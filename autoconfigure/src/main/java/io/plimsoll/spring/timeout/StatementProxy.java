package io.plimsoll.spring.timeout;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Watches over a statement: under a budget, what it executes is cancelled at the deadline. */
final class StatementProxy extends JdbcProxy {

    private final ConnectionProxy watched;
    private final Connection connectionProxy;
    private final Statement statement;
    private final CancelHandle handle;

    /**
     * @param connectionProxy what the statement's user knows as its connection
     * @param connection the connection behind it
     */
    StatementProxy(ConnectionProxy watched, Connection connectionProxy, Connection connection, Statement statement) {
        super(statement);
        this.watched = watched;
        this.connectionProxy = connectionProxy;
        this.statement = statement;
        this.handle = new JdbcHandle(connection, statement, "a JDBC statement");
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        String name = method.getName();
        if (name.startsWith("execute")) {
            watched.executing();
            return result(proxy, passWithin(handle, method, args));
        }
        return switch (name) {
            case "getConnection" -> connectionProxy;
            case "getMoreResults", "getMetaData", "getParameterMetaData" -> passWithin(handle, method, args);
            case "getResultSet", "getGeneratedKeys" -> result(proxy, pass(method, args));
            case "close" -> passUnder(handle, method, args);
            default -> pass(method, args);
        };
    }

    /** Rows that are all here need nobody to watch over them; what is fetched in portions, or can be changed, does. */
    private @Nullable Object result(Object proxy, @Nullable Object result) throws Throwable {
        return result instanceof ResultSet rows
                        && (rows.getFetchSize() != 0 || rows.getConcurrency() == ResultSet.CONCUR_UPDATABLE)
                ? new ResultSetProxy(watched, (Statement) proxy, rows, handle).as(ResultSet.class)
                : result;
    }
}
