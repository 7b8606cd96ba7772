package io.plimsoll.spring.outbox;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.util.HashMap;
import java.util.Map;

/**
 * Observes publishing as {@code plimsoll.outbox.publish} and listening as {@code plimsoll.outbox.listen}, by topic. Whoever traces
 * puts into the headers which trace an event belongs to, and takes it from there again. Thread-safe.
 */
final class EventObservation {

    private final ObservationRegistry registry;

    EventObservation(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** What travels with an event: what its publisher gave it, and the trace. */
    Map<String, String> headers(String topic, Map<String, String> given) {
        if (registry.isNoop()) {
            return given;
        }
        Map<String, String> headers = new HashMap<>();
        SenderContext<Map<String, String>> context = new SenderContext<>((carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        context.setCarrier(headers);
        observation("plimsoll.outbox.publish", topic, context).observe(() -> {});
        headers.putAll(given);
        return headers;
    }

    /** Does work for messages of a topic, in the trace of the first. */
    void listen(String topic, OutboxMessage first, Observation.CheckedRunnable<Exception> work) throws Exception {
        if (registry.isNoop()) {
            work.run();
            return;
        }
        ReceiverContext<Map<String, String>> context = new ReceiverContext<>((carrier, name) -> carrier.get(name));
        context.setCarrier(first.headers());
        observation("plimsoll.outbox.listen", topic, context).observeChecked(work);
    }

    private Observation observation(String name, String topic, Observation.Context context) {
        return Observation.createNotStarted(name, () -> context, registry)
                .lowCardinalityKeyValue(KeyValue.of("topic", topic))
                .contextualName(topic);
    }
}
