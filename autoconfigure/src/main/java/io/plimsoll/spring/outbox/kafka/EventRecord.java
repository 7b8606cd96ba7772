package io.plimsoll.spring.outbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An event as a record: CloudEvents 1.0 over Kafka, binary mode. */
final class EventRecord {

    private EventRecord() {}

    /** @param source the application that the event comes from */
    static ProducerRecord<byte[], byte[]> of(OutboxMessage message, String source) {
        Map<String, String> headers = new LinkedHashMap<>(message.headers());
        // After those of the publisher, whose own of the same names are not the event's.
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", message.eventId().toString());
        headers.put("ce_source", source);
        headers.put("ce_type", message.type());
        headers.put("ce_time", message.occurredAt().toString());
        headers.put("ce_plimsollversion", String.valueOf(message.version()));
        headers.put("content-type", "application/json");
        String key = message.key();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(message.topic(), key == null ? null : key.getBytes(UTF_8), message.payload());
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }
}
