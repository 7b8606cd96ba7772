package io.plimsoll.spring.weaving;

import java.util.Arrays;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Once all singletons stand: looks at every bean definition, lazy, scoped and prototype ones too, so that a missing or
 * stale companion is found when the application starts and not when the bean is first used; and at every bean that
 * exists, so that none was created too early to be woven.
 */
final class WeavingCheck implements SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beanFactory;
    private final Plans plans;

    WeavingCheck(ConfigurableListableBeanFactory beanFactory, Plans plans) {
        this.beanFactory = beanFactory;
        this.plans = plans;
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
    }

    private void requireWoven(String beanName, Class<?> type) {
        Object bean = beanFactory.getSingleton(beanName);
        if (bean == null || bean instanceof FactoryBean<?> || isWoven(bean)) {
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

    private static boolean isWoven(Object bean) {
        return bean instanceof Advised advised
                && Arrays.stream(advised.getAdvisors()).anyMatch(StageAdvisor.class::isInstance);
    }
}
