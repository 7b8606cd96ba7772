package io.plimsoll.spring.timeout;

import java.lang.reflect.Modifier;
import java.sql.Connection;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Wraps the connections of every {@link DataSource} bean. The bean keeps its class, so {@code @Autowired
 * HikariDataSource} and Spring Boot's pool metrics go on working.
 */
final class BudgetDataSourcePostProcessor implements BeanPostProcessor, PriorityOrdered {

    private static final CancelHandle WAITING = new InterruptHandle(JdbcHandle.KIND, "the wait for a JDBC connection");

    /** Before other post-processors are created: what they depend on would escape. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof DataSource dataSource)) {
            return bean;
        }
        ProxyFactory factory = new ProxyFactory(dataSource);
        factory.setProxyTargetClass(canBeSubclassed(dataSource.getClass()));
        factory.addAdvice((MethodInterceptor) BudgetDataSourcePostProcessor::intercept);
        return factory.getProxy(dataSource.getClass().getClassLoader());
    }

    private static boolean canBeSubclassed(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers()) && !Modifier.isPrivate(type.getModifiers());
    }

    private static @Nullable Object intercept(MethodInvocation invocation) throws Throwable {
        if (!invocation.getMethod().getName().equals("getConnection")) {
            unwrapConnections(invocation.getArguments());
            return invocation.proceed();
        }
        Budget budget = Budget.ofThread();
        if (budget == null) {
            return watch(invocation.proceed());
        }
        budget.check();
        budget.stack().push(WAITING);
        try {
            return watch(invocation.proceed());
        } finally {
            budget.stack().pop();
        }
    }

    /**
     * What a data source is asked about its own connections - whether to close one, to evict one - it must recognise.
     */
    private static void unwrapConnections(@Nullable Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Connection connection) {
                arguments[i] = ConnectionProxy.behind(connection);
            }
        }
    }

    private static @Nullable Object watch(@Nullable Object connection) {
        return connection == null ? null : ConnectionProxy.over((Connection) connection);
    }
}
