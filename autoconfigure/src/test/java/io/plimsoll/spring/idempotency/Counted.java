package io.plimsoll.spring.idempotency;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts what a data source is asked to do. */
final class Counted {

    final AtomicInteger statements = new AtomicInteger();
    final AtomicInteger commits = new AtomicInteger();

    DataSource around(DataSource dataSource) {
        return proxy(DataSource.class, dataSource);
    }

    /** What happens meanwhile. */
    Round during(Desk.Step work) throws Exception {
        statements.set(0);
        commits.set(0);
        work.run();
        return new Round(statements.get(), commits.get());
    }

    record Round(int statements, int commits) {}

    private <T> T proxy(Class<T> type, Object target) {
        Object proxy = Proxy.newProxyInstance(
                Counted.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        statements.incrementAndGet();
                    } else if (method.getName().equals("commit")) {
                        commits.incrementAndGet();
                    }
                    try {
                        return wrapped(method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        if (result instanceof Connection) {
            return proxy(Connection.class, result);
        }
        if (result instanceof PreparedStatement) {
            return proxy(PreparedStatement.class, result);
        }
        return result instanceof Statement ? proxy(Statement.class, result) : result;
    }
}
