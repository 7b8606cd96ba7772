package io.plimsoll.spring.outbox.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a message of RabbitMQ says beside its payload: CloudEvents 1.0 over AMQP, binary mode. */
final class EventProperties {

    private static final int PERSISTENT = 2;

    private EventProperties() {}

    /** @param source the application that the event comes from */
    static BasicProperties of(OutboxMessage message, String source) {
        Map<String, Object> headers = new HashMap<>(message.headers());
        // After those of the publisher, whose own of the same names are not the event's.
        headers.remove("cloudEvents:partitionkey");
        headers.put("cloudEvents:specversion", "1.0");
        headers.put("cloudEvents:id", message.eventId().toString());
        headers.put("cloudEvents:source", source);
        headers.put("cloudEvents:type", message.type());
        headers.put("cloudEvents:time", message.occurredAt().toString());
        headers.put("cloudEvents:plimsollversion", String.valueOf(message.version()));
        String key = message.key();
        if (key != null) {
            headers.put("cloudEvents:partitionkey", key);
        }
        return new BasicProperties.Builder()
                .messageId(message.eventId().toString())
                .contentType("application/json")
                .contentEncoding("UTF-8")
                .deliveryMode(PERSISTENT)
                .headers(headers)
                .build();
    }

    /** About how many bytes they are on the wire, where they must fit into one frame. */
    static int size(BasicProperties properties) {
        int size = 0;
        for (Map.Entry<String, Object> each : properties.getHeaders().entrySet()) {
            size += 8 + each.getKey().length() + each.getValue().toString().getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }
}
