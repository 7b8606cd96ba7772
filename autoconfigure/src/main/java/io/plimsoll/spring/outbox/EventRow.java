package io.plimsoll.spring.outbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that is about to be written. Compared by identity of its payload; nobody compares it.
 *
 * @param bucket that of its key, or of its own id if it has none
 * @param key null if it has no order
 * @param headers as they are stored; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EventRow(
        int bucket,
        UUID eventId,
        String topic,
        @Nullable String key,
        String type,
        int version,
        @Nullable String headers,
        byte[] payload) {}
