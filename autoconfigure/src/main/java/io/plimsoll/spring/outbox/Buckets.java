package io.plimsoll.spring.outbox;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Spreads keys over buckets, in every process and every version the same: an event that is written is found where its key
 * was put. By CRC-32C (RFC 3720) of the key's UTF-8. Thread-safe.
 *
 * @param count how many there are: the rows of {@code plimsoll_outbox_bucket}
 */
record Buckets(int count) {

    int of(String key) {
        CRC32C hash = new CRC32C();
        hash.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % count);
    }
}
