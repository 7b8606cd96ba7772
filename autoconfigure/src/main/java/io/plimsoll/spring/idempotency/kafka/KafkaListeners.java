package io.plimsoll.spring.idempotency.kafka;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.StoreUnavailableException;
import io.plimsoll.spring.idempotency.ListenerEvents;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonDelegatingErrorHandler;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.CompositeRecordInterceptor;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Prepares the containers of all listeners before they start: each record's id is known to its thread, and a record that
 * another consumer is at is tried again until that one has ended. Unasked Spring gives a record up after ten attempts in a
 * row, and goes on with the next.
 */
final class KafkaListeners implements SmartLifecycle {

    private final ObjectProvider<KafkaListenerEndpointRegistry> registries;
    private final ListenerEvents events;
    private final Duration backOff;
    private volatile boolean running;

    KafkaListeners(ObjectProvider<KafkaListenerEndpointRegistry> registries, ListenerEvents events, Duration backOff) {
        this.registries = registries;
        this.events = events;
        this.backOff = backOff;
    }

    @Override
    public void start() {
        if (!running) {
            running = true;
            registries.forEach(registry -> registry.getAllListenerContainers().forEach(this::prepare));
        }
    }

    private void prepare(MessageListenerContainer container) {
        if (container instanceof AbstractMessageListenerContainer<?, ?> listening
                && !(container.getContainerProperties().getMessageListener() instanceof BatchMessageListener)) {
            @SuppressWarnings("unchecked")
            AbstractMessageListenerContainer<Object, Object> each =
                    (AbstractMessageListenerContainer<Object, Object>) listening;
            RecordInterceptor<Object, Object> others = each.getRecordInterceptor();
            if (others instanceof Both) {
                return;
            }
            each.setRecordInterceptor(new Both(others, events));
            boolean transactional = container.getContainerProperties().getKafkaAwareTransactionManager() != null;
            if (transactional) {
                each.setAfterRollbackProcessor(
                        new PatientAfterRollback(each.getAfterRollbackProcessor(), events, again()));
            }
            CommonErrorHandler handler = each.getCommonErrorHandler();
            if (handler != null) {
                each.setCommonErrorHandler(patient(handler));
            } else if (!transactional) { // With transactions, to have none is what makes a failure roll back.
                each.setCommonErrorHandler(patient(new DefaultErrorHandler()));
            }
        }
    }

    private FixedBackOff again() {
        return new FixedBackOff(backOff.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS);
    }

    private CommonErrorHandler patient(CommonErrorHandler otherwise) {
        DefaultErrorHandler again = new DefaultErrorHandler(again());
        again.setSeekAfterError(otherwise.seeksAfterHandling());
        again.setAckAfterHandle(otherwise.isAckAfterHandle());
        CommonDelegatingErrorHandler both = new Patient(otherwise);
        both.setCauseChainTraversing(true);
        both.setErrorHandlers(Map.of(CallInFlightException.class, again, StoreUnavailableException.class, again));
        return both;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the containers start. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Ours, after the application's own: those may have put another record in its place. */
    private static final class Both extends CompositeRecordInterceptor<Object, Object> {

        @SuppressWarnings("unchecked") // An array of none.
        Both(@Nullable RecordInterceptor<Object, Object> others, ListenerEvents events) {
            if (others != null) {
                addRecordInterceptor(others);
            }
            addRecordInterceptor(new EventInterceptor(events));
        }
    }

    /** By what went wrong, and otherwise as the application has it. */
    private static final class Patient extends CommonDelegatingErrorHandler {

        private final CommonErrorHandler otherwise;

        Patient(CommonErrorHandler otherwise) {
            super(otherwise);
            this.otherwise = otherwise;
        }

        @Override
        public boolean deliveryAttemptHeader() {
            return otherwise.deliveryAttemptHeader();
        }
    }
}
