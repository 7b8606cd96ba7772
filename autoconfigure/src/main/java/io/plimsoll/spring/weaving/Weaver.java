package io.plimsoll.spring.weaving;

import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.Ordered;
import org.springframework.core.SmartClassLoader;
import org.springframework.util.ClassUtils;

/**
 * Puts the stages of a bean's plan into its chain of advisors: into the proxy that the bean already has, or into a new
 * one.
 *
 * <p>One post-processor serves all three shells, because it sees the finished chain that Spring's auto-proxy creator
 * has sorted: see {@code docs/decisions/0001-one-weaver.md}.
 */
final class Weaver extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    private final transient Plans plans;

    /**
     * Just before the last: those that find listeners stand last, Kafka's say, and call the bean as they see it. One that an
     * application switches on itself would otherwise come first, and know only the bare bean.
     */
    Weaver(Plans plans) {
        this.plans = plans;
        setOrder(Ordered.LOWEST_PRECEDENCE - 1);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof AopInfrastructureBean || bean instanceof StageProvider || isWoven(bean)) {
            return bean;
        }
        Plan plan = planOf(bean);
        if (plan.isEmpty()) {
            return bean;
        }
        Object proxy = bean instanceof Advised ? bean : newProxy(bean, beanName);
        Advised advised = (Advised) proxy;
        if (advised.isFrozen()) {
            throw new BrokenPromiseException(
                    "The proxy of bean '" + beanName + "' is frozen, so the promises of "
                            + AopUtils.getTargetClass(bean).getName() + " cannot be woven into it.",
                    "Remove setFrozen(true) from the configuration that creates the proxy.");
        }
        if (AopUtils.isCglibProxy(proxy)) {
            plan.stages().forEach(Weaver::requireOverridable);
        }
        AdvisorChain chain = new AdvisorChain(advised);
        chain.add(plan);
        chain.requireOrder(beanName);
        return proxy;
    }

    /** The compiler sees a final method under its own annotation; here are those that a type inherits. */
    private static void requireOverridable(StageAdvisor stage) {
        if (Modifier.isFinal(stage.method().getModifiers())) {
            throw new BrokenPromiseException(
                    Companions.describe(stage.method()) + " is final, so its " + stage.layer()
                            + " would silently be skipped: the proxy cannot override it.",
                    "Delete 'final', or put the promise on the methods that are meant instead of on the type.");
        }
    }

    /** One object may be several beans: its stages must not run twice. */
    static boolean isWoven(Object bean) {
        return bean instanceof Advised advised
                && Arrays.stream(advised.getAdvisors()).anyMatch(StageAdvisor.class::isInstance);
    }

    private Plan planOf(Object bean) {
        List<StageAdvisor> stages = new ArrayList<>();
        types(bean).map(plans::of).forEach(plan -> stages.addAll(plan.stages()));
        return stages.isEmpty() ? Plan.EMPTY : new Plan(stages);
    }

    /** The class behind a bean, and the interfaces that only its proxy implements: repositories, HTTP clients. */
    private static Stream<Class<?>> types(Object bean) {
        Class<?> target = AopUtils.getTargetClass(bean);
        if (bean instanceof Advised || Proxy.isProxyClass(bean.getClass())) {
            return Stream.concat(
                    Stream.of(target),
                    Stream.of(AopProxyUtils.proxiedUserInterfaces(bean))
                            .filter(type -> !type.isAssignableFrom(target) || Proxy.isProxyClass(target)));
        }
        return Stream.of(target);
    }

    private Object newProxy(Object bean, String beanName) {
        ProxyFactory factory = prepareProxyFactory(bean, beanName);
        if (!factory.isProxyTargetClass() && factory.getProxiedInterfaces().length == 0) {
            evaluateProxyInterfaces(bean.getClass(), factory);
        }
        if (factory.isProxyTargetClass()) {
            requireSubclassable(bean.getClass());
        }
        return factory.getProxy(classLoaderFor(bean.getClass()));
    }

    /** The compiler sees a class that is written as final; here are those that something else made so: Lombok, say. */
    private static void requireSubclassable(Class<?> type) {
        boolean servedByInterfaces = Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type);
        if (Modifier.isFinal(type.getModifiers()) && !servedByInterfaces) {
            throw new BrokenPromiseException(
                    type.getName() + " is final, so no proxy can stand before it to keep its promises.",
                    "Delete 'final' (Lombok's @Value adds it: @NonFinal takes it away), or let the class implement an"
                            + " interface and set spring.aop.proxy-target-class=false.");
        }
    }

    /** Under a restarting class loader, a class of its parent must be subclassed in the parent, next to its package. */
    private @Nullable ClassLoader classLoaderFor(Class<?> type) {
        ClassLoader loader = getProxyClassLoader();
        return loader instanceof SmartClassLoader smart && loader != type.getClassLoader()
                ? smart.getOriginalClassLoader()
                : loader;
    }
}
