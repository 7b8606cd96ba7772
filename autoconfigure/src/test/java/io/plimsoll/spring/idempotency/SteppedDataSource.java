package io.plimsoll.spring.idempotency;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Tells by the statements that pass how far a call has come. The engine knows nothing of it. */
final class SteppedDataSource extends DelegatingDataSource {

    private final Step.Listener steps;

    SteppedDataSource(DataSource target, Step.Listener steps) {
        super(target);
        this.steps = steps;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "commit" -> between(Step.BEFORE_COMMIT, Step.AFTER_COMMIT, connection, method, arguments);
            case "prepareStatement" ->
                watched((PreparedStatement) invoke(connection, method, arguments), (String) arguments[0]);
            default -> invoke(connection, method, arguments);
        });
    }

    private PreparedStatement watched(PreparedStatement statement, String sql) {
        if (sql.startsWith("UPDATE plimsoll_idempotency SET outcome")) {
            return watched(statement, Step.BEFORE_OUTCOME, Step.AFTER_OUTCOME);
        }
        if (sql.contains("INSERT") && sql.contains("plimsoll_idempotency (")) {
            return watched(statement, Step.BEFORE_CLAIM, Step.AFTER_CLAIM);
        }
        return statement;
    }

    private PreparedStatement watched(PreparedStatement statement, Step before, Step after) {
        return proxy(
                PreparedStatement.class,
                (proxy, method, arguments) -> method.getName().startsWith("execute")
                        ? between(before, after, statement, method, arguments)
                        : invoke(statement, method, arguments));
    }

    private @Nullable Object between(
            Step before, Step after, Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        steps.reached(before);
        try {
            return invoke(target, method, arguments);
        } finally {
            steps.reached(after);
        }
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(SteppedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
