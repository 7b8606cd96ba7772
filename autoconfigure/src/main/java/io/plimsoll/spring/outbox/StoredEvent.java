package io.plimsoll.spring.outbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was committed and is not delivered yet.
 *
 * @param id by which the events of a bucket are ordered
 * @param key null if it has no order
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record StoredEvent(
        int bucket,
        long id,
        UUID eventId,
        String topic,
        @Nullable String key,
        String type,
        int version,
        @Nullable String headers,
        byte[] payload) {}
