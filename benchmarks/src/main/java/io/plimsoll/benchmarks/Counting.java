package io.plimsoll.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source that counts what its users send; for a few calls before the run, not under load. */
public final class Counting extends DelegatingDataSource {

    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();

    public Counting(DataSource target) {
        super(target);
    }

    public int statements() {
        return statements.get();
    }

    /** Those that were asked for, and those of statements outside of a transaction. */
    public int commits() {
        return commits.get();
    }

    public void reset() {
        statements.set(0);
        commits.set(0);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (proxy, method, args) -> {
            if (method.getName().equals("commit")) {
                commits.incrementAndGet();
            }
            Object result = invoke(connection, method, args);
            if (result instanceof PreparedStatement statement) {
                return counting(PreparedStatement.class, statement, connection);
            }
            return result instanceof Statement statement ? counting(Statement.class, statement, connection) : result;
        });
    }

    private <T extends Statement> T counting(Class<T> type, T statement, Connection connection) {
        return proxy(type, (proxy, method, args) -> {
            if (method.getName().startsWith("execute")) {
                statements.incrementAndGet();
                if (connection.getAutoCommit()) {
                    commits.incrementAndGet();
                }
            }
            return invoke(statement, method, args);
        });
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Counting.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
