package io.plimsoll.spring.idempotency;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What must not change under one key: a version, and the SHA-256 of the payload.
 *
 * <p>The version names the way in which the payload is brought into a canonical form. Two versions cannot be compared;
 * then the key alone decides, so that an upgrade refuses no honest retry.
 */
final class Fingerprint {

    private static final byte VERSION = 1;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    static Fingerprint of(byte[] hash) {
        return new Fingerprint(
                ByteBuffer.allocate(1 + hash.length).put(VERSION).put(hash).array());
    }

    static Fingerprint stored(byte[] bytes) {
        return new Fingerprint(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Bits for a lock that tells running calls of one key apart by their payload. */
    int mark() {
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    boolean differsFrom(Fingerprint other) {
        return bytes[0] == other.bytes[0] && !Arrays.equals(bytes, other.bytes);
    }
}
