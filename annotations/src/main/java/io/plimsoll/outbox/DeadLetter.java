package io.plimsoll.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was given up.
 *
 * @param id by which it is found again
 * @param key null if it has no order
 * @param type its {@link EventType#name()}
 * @param version its {@link EventType#version()}
 * @param reason why the last attempt failed
 * @param occurredAt when it was written
 * @param diedAt when it was given up
 */
public record DeadLetter(
        UUID id,
        String topic,
        @Nullable String key,
        String type,
        int version,
        String reason,
        Instant occurredAt,
        Instant diedAt) {}
