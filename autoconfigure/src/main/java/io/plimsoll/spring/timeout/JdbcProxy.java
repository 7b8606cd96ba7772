package io.plimsoll.spring.timeout;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * A thin layer over one JDBC object. It stands in front of what the driver or the pool returned and without a budget only passes calls on.
 */
abstract class JdbcProxy implements InvocationHandler {

    /**
     * Of the proxy classes, by interface: a statement is wrapped for every query, so the class is not looked up each
     * time.
     */
    private static final ClassValue<Constructor<?>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            InvocationHandler none = (proxy, method, args) -> null;
            Object sample = Proxy.newProxyInstance(JdbcProxy.class.getClassLoader(), new Class<?>[] {type}, none);
            try {
                return sample.getClass().getConstructor(InvocationHandler.class);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private final Object target;

    JdbcProxy(Object target) {
        this.target = target;
    }

    final <T> T as(Class<T> type) {
        try {
            return type.cast(CONSTRUCTORS.get(type).newInstance(this));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        if (method.getDeclaringClass() == Wrapper.class && args != null && ((Class<?>) args[0]).isInstance(proxy)) {
            return method.getName().equals("unwrap") ? proxy : true;
        }
        if (method.getDeclaringClass() == Object.class && method.getName().equals("equals") && args != null) {
            return args[0] == proxy;
        }
        return call(proxy, method, args);
    }

    abstract @Nullable Object call(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable;

    final @Nullable Object pass(Method method, @Nullable Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** Passes a call on that a spent budget must not prevent, such as a rollback. */
    final @Nullable Object passUnder(CancelHandle handle, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        return pass(handle, false, method, args);
    }

    /** Passes a call on that does new work, unless the budget is spent. */
    final @Nullable Object passWithin(CancelHandle handle, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        return pass(handle, true, method, args);
    }

    private @Nullable Object pass(
            CancelHandle handle, boolean newWork, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        Budget budget = Budget.ofThread();
        if (budget == null) {
            return pass(method, args);
        }
        budget.stack().push(handle);
        try {
            if (newWork) {
                // Only now: a strike that came before the push was not meant for this call, and will not come again
                // soon.
                budget.check();
            }
            return pass(method, args);
        } finally {
            budget.stack().pop();
        }
    }
}
