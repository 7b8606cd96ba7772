package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.time.Instant;

/**
 * An event that was committed and is not delivered yet.
 *
 * @param id by which the events of a bucket are ordered
 */
record StoredEvent(long id, Instant occurredAt, EventRow row) {

    int bucket() {
        return row.bucket();
    }

    /** @param epoch of who delivers it */
    OutboxMessage message(long epoch) {
        return new OutboxMessage(
                row.bucket(),
                id,
                epoch,
                row.eventId(),
                row.topic(),
                row.key(),
                row.type(),
                row.version(),
                EventHeaders.read(row.headers()),
                row.payload(),
                occurredAt);
    }
}
