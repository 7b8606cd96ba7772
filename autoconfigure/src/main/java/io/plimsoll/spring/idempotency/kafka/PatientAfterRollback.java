package io.plimsoll.spring.idempotency.kafka;

import io.plimsoll.spring.idempotency.ListenerEvents;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;

/** In a container with transactions: a record that another consumer is at comes again, all else is the application's. */
final class PatientAfterRollback implements AfterRollbackProcessor<Object, Object> {

    private final AfterRollbackProcessor<Object, Object> otherwise;
    private final ListenerEvents events;
    private final AfterRollbackProcessor<Object, Object> again;

    @SuppressWarnings("unchecked") // It is told what its container has.
    PatientAfterRollback(AfterRollbackProcessor<?, ?> otherwise, ListenerEvents events, BackOff backOff) {
        this.otherwise = (AfterRollbackProcessor<Object, Object>) otherwise;
        this.events = events;
        this.again = new DefaultAfterRollbackProcessor<>(backOff);
    }

    @Override
    public void process(
            List<ConsumerRecord<Object, Object>> records,
            Consumer<Object, Object> consumer,
            MessageListenerContainer container,
            Exception failure,
            boolean recoverable,
            EOSMode mode) {
        (events.mustComeAgain(failure) ? again : otherwise)
                .process(records, consumer, container, failure, recoverable, mode);
    }

    @Override
    public void processBatch(
            ConsumerRecords<Object, Object> records,
            List<ConsumerRecord<Object, Object>> list,
            Consumer<Object, Object> consumer,
            MessageListenerContainer container,
            Exception failure,
            boolean recoverable,
            EOSMode mode) {
        otherwise.processBatch(records, list, consumer, container, failure, recoverable, mode);
    }

    @Override
    public boolean isProcessInTransaction() {
        return otherwise.isProcessInTransaction();
    }

    @Override
    public void clearThreadState() {
        again.clearThreadState();
        otherwise.clearThreadState();
    }
}
