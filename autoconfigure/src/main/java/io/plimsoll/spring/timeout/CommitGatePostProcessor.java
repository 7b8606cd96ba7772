package io.plimsoll.spring.timeout;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Puts the {@link CommitGate} on every transaction manager, also on those that Spring Boot did not create. */
final class CommitGatePostProcessor implements BeanPostProcessor, PriorityOrdered {

    private final CommitGate gate = new CommitGate();

    /** Before other post-processors are created: what they depend on would escape. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(gate);
        }
        return bean;
    }
}
