package io.plimsoll.spring.weaving;

import java.lang.reflect.Method;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * One stage of one method.
 *
 * <p>An advisor per method, not per bean: Spring keeps the chain of each method of a proxy, so the resolved stage
 * stands in that chain and a call looks nothing up.
 */
final class StageAdvisor extends StaticMethodMatcherPointcut implements PointcutAdvisor {

    private final Layer layer;
    private final Method planned;
    private final MethodInterceptor stage;

    StageAdvisor(Layer layer, Method planned, MethodInterceptor stage) {
        this.layer = layer;
        this.planned = planned;
        this.stage = stage;
    }

    Layer layer() {
        return layer;
    }

    Method method() {
        return planned;
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        return method.equals(planned)
                || AopUtils.getMostSpecificMethod(method, targetClass).equals(planned);
    }

    @Override
    public Pointcut getPointcut() {
        return this;
    }

    @Override
    public Advice getAdvice() {
        return stage;
    }

    @Override
    public String toString() {
        return layer + " of " + Companions.describe(planned) + ": " + stage;
    }
}
