package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.NoTransactionForEventException;
import io.plimsoll.outbox.Outbox;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what is published for the end of the transaction. Thread-safe. */
final class TransactionalOutbox implements Outbox {

    private final OutboxStore store;
    private final Routes routes;
    private final JsonMapper mapper;
    private final EventObservation observation;
    private final long maxEventSize;
    private final Consumer<List<EventRow>> committed;

    /**
     * @param maxEventSize in bytes
     * @param committed told of events that can be delivered
     */
    TransactionalOutbox(
            OutboxStore store,
            Routes routes,
            JsonMapper mapper,
            EventObservation observation,
            long maxEventSize,
            Consumer<List<EventRow>> committed) {
        this.store = store;
        this.routes = routes;
        this.mapper = mapper;
        this.observation = observation;
        this.maxEventSize = maxEventSize;
        this.committed = committed;
    }

    @Override
    public void publish(String topic, @Nullable Object key, Object event, Map<String, String> headers) {
        requireTransaction(topic);
        routes.require(topic);
        EventType type = EventTypes.of(event.getClass());
        byte[] payload = payload(event);
        String text = EventKeys.text(key);
        UUID id = UUID.randomUUID();
        int bucket = store.buckets().of(text == null ? id.toString() : text);
        EventBuffer.of(committed)
                .add(new EventRow(
                        bucket,
                        id,
                        topic,
                        text,
                        type.name(),
                        type.version(),
                        EventHeaders.write(observation.headers(topic, headers)),
                        payload));
    }

    private void requireTransaction(String topic) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                || !store.source().isInTransaction()) {
            throw new NoTransactionForEventException("Outbox.publish(\"" + topic + "\", ...) was called outside of a"
                    + " transaction that may write to the DataSource of the outbox, so the event could outlive a rollback of"
                    + " what it tells of. Put @Transactional on the caller.");
        }
    }

    private byte[] payload(Object event) {
        byte[] payload;
        try {
            payload = mapper.writeValueAsBytes(event);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    event.getClass().getName() + " was published and cannot be written as JSON: "
                            + e.getClass().getSimpleName()
                            + ". Publish a record of what happened.",
                    e);
        }
        if (payload.length > maxEventSize) {
            throw new IllegalArgumentException("An event of " + event.getClass().getName() + " is " + payload.length
                    + " bytes long, and plimsoll.outbox.max-event-size is " + maxEventSize
                    + ". Publish where the rest can be had, or raise the setting.");
        }
        return payload;
    }
}
