package io.plimsoll.spring.idempotency.rabbit;

import io.plimsoll.spring.idempotency.IdempotencyAutoConfiguration;
import io.plimsoll.spring.idempotency.ListenerEvents;
import java.util.ArrayList;
import java.util.List;
import org.aopalliance.aop.Advice;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of {@link io.plimsoll.idempotency.Idempotent} listeners of RabbitMQ. */
@AutoConfiguration(after = IdempotencyAutoConfiguration.class)
@ConditionalOnBean(ListenerEvents.class)
@ConditionalOnClass(AbstractRabbitListenerContainerFactory.class)
public final class RabbitIdempotencyAutoConfiguration {

    @Bean
    static BeanPostProcessor plimsollIdempotentRabbitListeners(ListenerEvents events) {
        return new Listeners(events);
    }

    /** Puts the advice around those of the application: a retry of theirs comes first. */
    private record Listeners(ListenerEvents events) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof AbstractRabbitListenerContainerFactory<?> factory) {
                List<Advice> chain = new ArrayList<>();
                chain.add(new EventAdvice(events));
                Advice[] others = factory.getAdviceChain();
                if (others != null) {
                    chain.addAll(List.of(others));
                }
                factory.setAdviceChain(chain.toArray(Advice[]::new));
            }
            return bean;
        }
    }
}
