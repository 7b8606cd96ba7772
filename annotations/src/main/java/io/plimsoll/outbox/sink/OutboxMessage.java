package io.plimsoll.outbox.sink;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way. Equal to another one if it is the same, by its bucket and its id.
 *
 * @param bucket those of one bucket come from one instance
 * @param id by which the events of a bucket are ordered
 * @param epoch of the owner of the bucket: it grows with each owner, so that a receiver can refuse one that was given up
 * @param eventId by which a consumer knows it again
 * @param key null if it has no order
 * @param type {@link io.plimsoll.outbox.EventType#name()}
 * @param version {@link io.plimsoll.outbox.EventType#version()}
 * @param headers what travels with it: the trace that it belongs to, and what its publisher added
 * @param payload JSON in UTF-8; not to be changed
 * @param occurredAt when it was written, by the clock of the database
 */
@SuppressWarnings("ArrayRecordComponent") // See equals.
public record OutboxMessage(
        int bucket,
        long id,
        long epoch,
        UUID eventId,
        String topic,
        @Nullable String key,
        String type,
        int version,
        Map<String, String> headers,
        byte[] payload,
        Instant occurredAt) {

    /** Messages of which this is the same keep their order: of one topic and one key, or nobody else's if there is no key. */
    public String orderingKey() {
        return key == null ? eventId.toString() : topic.length() + ":" + topic + key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutboxMessage message && message.bucket == bucket && message.id == id;
    }

    @Override
    public int hashCode() {
        return 31 * bucket + Long.hashCode(id);
    }

    /** Without the key and the payload, which are nobody's business in a log. */
    @Override
    public String toString() {
        return topic + " " + type + " v" + version + " " + eventId;
    }
}
