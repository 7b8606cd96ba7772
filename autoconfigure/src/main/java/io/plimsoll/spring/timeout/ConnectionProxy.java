package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Watches over a connection: its statements are wrapped, its own calls to the server are never interrupted. */
final class ConnectionProxy extends JdbcProxy {

    private final Connection connection;
    private final CancelHandle handle;
    private final CommitHandle commit;

    /** Whether anything may have been done since the last transaction ended, as far as the connection was asked to. */
    private boolean executed;

    private ConnectionProxy(Connection connection) {
        super(connection);
        this.connection = connection;
        this.handle = new JdbcHandle(connection, null, "a JDBC connection");
        this.commit = new CommitHandle(connection);
    }

    /** A connection that is watched over already is returned as it is: data sources may stand behind each other. */
    static Connection over(Connection connection) {
        return of(connection) == null ? new ConnectionProxy(connection).as(Connection.class) : connection;
    }

    /** The connection that is watched over; one that is not is returned as it is. */
    static Connection behind(Connection connection) {
        ConnectionProxy proxy = of(connection);
        return proxy == null ? connection : proxy.connection;
    }

    private static @Nullable ConnectionProxy of(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                        && Proxy.getInvocationHandler(connection) instanceof ConnectionProxy proxy
                ? proxy
                : null;
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        return switch (method.getName()) {
            case "prepareStatement" ->
                statement(PreparedStatement.class, proxy, (Statement) passUnder(handle, method, args));
            case "prepareCall" ->
                statement(CallableStatement.class, proxy, (Statement) passUnder(handle, method, args));
            case "createStatement" -> statement(Statement.class, proxy, (Statement) pass(method, args));
            case "commit" -> commit(method, args);
            case "setAutoCommit" -> setAutoCommit(method, args);
            case "rollback" -> rollBack(method, args);
            case "unwrap", "getMetaData" -> {
                executed = true; // Who knows what is done through that.
                yield pass(method, args);
            }
            case "isClosed", "isWrapperFor", "getAutoCommit", "hashCode", "toString", "abort" -> pass(method, args);
            default -> passUnder(handle, method, args);
        };
    }

    private <T extends Statement> T statement(Class<T> type, Object proxy, @Nullable Statement statement) {
        if (statement == null) {
            throw new IllegalStateException(
                    "The driver of " + connection.getClass().getName() + " returned no statement");
        }
        return new StatementProxy(this, (Connection) proxy, connection, statement).as(type);
    }

    void executing() {
        executed = true;
    }

    /** JDBC has a transaction that is under way commit when auto-commit is switched on. */
    private @Nullable Object setAutoCommit(Method method, @Nullable Object @Nullable [] args) throws Throwable {
        boolean on = args != null && Boolean.TRUE.equals(args[0]);
        if (on == connection.getAutoCommit()) {
            return passUnder(handle, method, args); // Changes nothing, so it commits nothing.
        }
        Budget budget = Budget.ofThread();
        if (budget == null || !on || !executed) {
            executed = false;
            return passUnder(handle, method, args);
        }
        try {
            return commit(budget, method, args);
        } catch (TimeoutExceededException spent) {
            // Nothing was committed. Whoever gets the connection next expects it as if it had been.
            undo(budget, spent);
            throw spent;
        }
    }

    private void undo(Budget budget, TimeoutExceededException spent) {
        budget.stack().push(handle);
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            spent.addSuppressed(e);
        } finally {
            budget.stack().pop();
        }
    }

    /** To a savepoint or as a whole. */
    private @Nullable Object rollBack(Method method, @Nullable Object @Nullable [] args) throws Throwable {
        Object result = passUnder(handle, method, args);
        executed &= args != null;
        return result;
    }

    private @Nullable Object commit(Method method, @Nullable Object @Nullable [] args) throws Throwable {
        Budget budget = Budget.ofThread();
        if (budget == null) {
            Object result = pass(method, args);
            executed = false;
            return result;
        }
        return commit(budget, method, args);
    }

    /** The gate for transactions that are not Spring's; for Spring's it only ends the shield as early as possible. */
    private @Nullable Object commit(Budget budget, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        budget.shield();
        try {
            Object result = budget.commit(commit, () -> passUnder(handle, method, args));
            executed = false;
            return result;
        } finally {
            budget.unshield();
        }
    }
}
