package io.plimsoll.outbox.sink;

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
 * @param payload JSON in UTF-8; not to be changed
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
        byte[] payload) {

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
