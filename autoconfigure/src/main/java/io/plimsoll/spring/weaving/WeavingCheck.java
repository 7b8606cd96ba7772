package io.plimsoll.spring.weaving;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Once all singletons stand: looks at every bean definition, lazy, scoped and prototype ones too, so that a missing or
 * stale companion is found when the application starts and not when the bean is first used; and at every bean that
 * Spring created, so that none was created too early to be woven. An object that was registered as it is - a mock in a
 * test - is left alone.
 */
final class WeavingCheck implements SmartInitializingSingleton, BeanFactoryPostProcessor, PriorityOrdered {

    private final ConfigurableListableBeanFactory beanFactory;
    private final Plans plans;
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private volatile boolean started;

    WeavingCheck(ConfigurableListableBeanFactory beanFactory, Plans plans) {
        this.beanFactory = beanFactory;
        this.plans = plans;
    }

    /** First of all, to miss none. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        factory.addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String beanName) {
                if (!started) {
                    created.add(beanName);
                }
                return bean;
            }
        });
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String beanName : beanFactory.getBeanDefinitionNames()) {
            Class<?> type =
                    beanFactory.getBeanDefinition(beanName).isAbstract() ? null : beanFactory.getType(beanName, false);
            if (type != null && !plans.of(type).isEmpty()) {
                requireWoven(beanName, type);
            }
        }
        started = true;
        created.clear();
    }

    private void requireWoven(String beanName, Class<?> type) {
        Object bean = beanFactory.getSingleton(beanName);
        if (bean == null || !created.contains(beanName) || bean instanceof FactoryBean<?> || Weaver.isWoven(bean)) {
            return;
        }
        throw new BrokenPromiseException(
                "Bean '" + beanName + "' of " + type.getName()
                        + " makes promises, but was created before Plimsoll could"
                        + " weave it: something that Spring needs to create other beans (a BeanPostProcessor, a"
                        + " BeanFactoryPostProcessor, an Advisor) depends on it.",
                "Declare that dependant's @Bean method static and inject an ObjectProvider<" + type.getSimpleName()
                        + "> instead of the bean.");
    }
}
