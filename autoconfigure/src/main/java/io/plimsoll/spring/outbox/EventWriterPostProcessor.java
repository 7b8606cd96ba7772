package io.plimsoll.spring.outbox;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Puts the {@link EventWriter} on every transaction manager, also on those that Spring Boot did not create. */
final class EventWriterPostProcessor implements BeanPostProcessor, PriorityOrdered {

    private final ObjectProvider<OutboxStore> store;

    EventWriterPostProcessor(ObjectProvider<OutboxStore> store) {
        this.store = store;
    }

    /** Before the mark of a claim and the gate of a budget, from which on nothing cancels the statement any more. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 2;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(new EventWriter(store::getObject));
        }
        return bean;
    }
}
