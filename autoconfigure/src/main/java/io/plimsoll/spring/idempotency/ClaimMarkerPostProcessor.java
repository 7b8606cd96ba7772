package io.plimsoll.spring.idempotency;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Puts the {@link ClaimMarker} on every transaction manager, also on those that Spring Boot did not create. */
final class ClaimMarkerPostProcessor implements BeanPostProcessor, PriorityOrdered {

    private final ObjectProvider<Engine> engine;

    ClaimMarkerPostProcessor(ObjectProvider<Engine> engine) {
        this.engine = engine;
    }

    /** Before the commit gate of a budget, from which on nothing cancels the statement any more. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(new ClaimMarker(engine.getObject()));
        }
        return bean;
    }
}
