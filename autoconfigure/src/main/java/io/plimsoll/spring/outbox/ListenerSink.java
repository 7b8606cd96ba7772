package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import io.plimsoll.spring.jdbc.OwnTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;

/**
 * Tells listeners in this process, in the transaction that also removes the event: both happen, or neither, once. An owner that
 * was given up finds the event gone, or waits for who has it and finds it gone then. Thread-safe.
 */
final class ListenerSink implements OutboxSink {

    private static final Log log = LogFactory.getLog(ListenerSink.class);

    static final String NAME = "listener";

    private static final int ATTEMPTS = 5;

    private final OutboxStore store;
    private final EventReader reader;
    private final EventObservation observation;
    private final Map<String, List<ListenerMethod>> methods;

    ListenerSink(
            OutboxStore store,
            EventReader reader,
            EventObservation observation,
            Map<String, List<ListenerMethod>> methods) {
        this.observation = observation;
        this.store = store;
        this.reader = reader;
        this.methods = methods;
    }

    Set<String> topics() {
        return methods.keySet();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** For the order of the first attempts. That nothing happens twice does not depend on it. */
    @Override
    public Duration deliveryTimeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void send(List<OutboxMessage> messages, Deliveries answers) throws InterruptedException {
        Map<String, List<OutboxMessage>> byTopic = messages.stream()
                .collect(Collectors.groupingBy(OutboxMessage::topic, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<OutboxMessage>> each : byTopic.entrySet()) {
            List<ListenerMethod> listeners = methods.getOrDefault(each.getKey(), List.of());
            if (each.getValue().size() == 1
                    || !listeners.stream().allMatch(ListenerMethod::several)
                    || !together(each.getValue(), answers)) {
                answers.oneByOne(each.getValue(), message -> inTransaction(List.of(message)));
            }
        }
    }

    /** @return false if one of them may be to blame: then each is on its own */
    private boolean together(List<OutboxMessage> messages, Deliveries answers) {
        if (answers.mayStillSend()) {
            try {
                inTransaction(messages);
            } catch (Exception e) {
                return false;
            }
            messages.forEach(answers::delivered);
        } else {
            messages.forEach(answers::notSent);
        }
        return true;
    }

    private void inTransaction(List<OutboxMessage> messages) throws Exception {
        String topic = messages.get(0).topic();
        for (int attempt = 1; ; attempt++) {
            try {
                OwnTransaction.run(
                        store.source(),
                        "outbox " + topic,
                        TransactionDefinition.ISOLATION_READ_COMMITTED,
                        status -> removeAndTell(topic, messages, status));
                return;
            } catch (ConcurrencyFailureException e) {
                if (attempt
                        == ATTEMPTS) { // Others were in the way; that says nothing of the event until it is a habit.
                    throw e;
                }
            } catch (DataAccessResourceFailureException | TransactionException e) {
                if (store.answers()) {
                    throw e;
                }
                throw new SinkUnavailableException("The database does not answer.");
            } catch (Exception | Error failure) {
                log.debug("A listener has failed", failure);
                throw failure;
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private @Nullable Object removeAndTell(String topic, List<OutboxMessage> messages, TransactionStatus status)
            throws Exception {
        store.source().requireTransaction();
        int removed = store.remove(messages);
        if (removed == 0 && messages.size() == 1) {
            return null; // Somebody else has had it.
        }
        if (removed < messages.size()) {
            throw new ConcurrencyFailureException("Of " + messages.size() + " events " + removed + " are still there");
        }
        observation.listen(topic, messages.get(0), () -> tell(topic, messages));
        if (status.isRollbackOnly()) {
            throw new UnexpectedRollbackException(
                    "A listener has made an answer of a failure that rolls its transaction back");
        }
        return null;
    }

    private void tell(String topic, List<OutboxMessage> messages) throws Exception {
        for (ListenerMethod listener : methods.getOrDefault(topic, List.of())) {
            List<Object> events = new ArrayList<>();
            for (OutboxMessage message : messages) {
                if (takes(listener, message)) {
                    events.add(
                            listener.event() == OutboxMessage.class ? message : reader.read(message, listener.event()));
                }
            }
            if (listener.several() && !events.isEmpty()) {
                listener.call(events);
            } else {
                for (Object event : events) {
                    listener.call(event);
                }
            }
        }
    }

    private static boolean takes(ListenerMethod listener, OutboxMessage message) {
        EventType type = listener.type();
        return type == null || type.name().equals(message.type());
    }
}
