package io.plimsoll.spring.timeout;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Puts the {@link CommitGate} on every transaction manager, also on those that Spring Boot did not create. */
final class CommitGatePostProcessor implements BeanPostProcessor {

    private final CommitGate gate = new CommitGate();

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(gate);
        }
        return bean;
    }
}
