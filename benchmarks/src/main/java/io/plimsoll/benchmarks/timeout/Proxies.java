package io.plimsoll.benchmarks.timeout;

import java.lang.reflect.UndeclaredThrowableException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/** The proxies that the contenders stand in: subclasses with one interceptor, as Spring Boot makes them. */
final class Proxies {

    private Proxies() {}

    /** What no interceptor can be cheaper than: it passes the call on. */
    static <T> T bare(T target) {
        return around(target, MethodInvocation::proceed);
    }

    @SuppressWarnings("unchecked")
    static <T> T around(T target, MethodInterceptor interceptor) {
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAdvice(interceptor);
        return (T) factory.getProxy();
    }

    /** For peers that take a {@link java.util.concurrent.Callable}, which may not throw everything. */
    static @Nullable Object proceed(MethodInvocation invocation) throws Exception {
        try {
            return invocation.proceed();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
