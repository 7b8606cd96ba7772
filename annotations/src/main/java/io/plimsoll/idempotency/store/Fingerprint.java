package io.plimsoll.idempotency.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What must not change under one key: a version, and the SHA-256 of the payload.
 *
 * <p>The version names the way in which the payload is brought into a canonical form. Two versions cannot be compared;
 * then the key alone decides, so that an upgrade refuses no honest retry. Immutable.
 */
public final class Fingerprint {

    private static final byte VERSION = 1;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param hash SHA-256 of a payload in its canonical form */
    public static Fingerprint of(byte[] hash) {
        return new Fingerprint(
                ByteBuffer.allocate(1 + hash.length).put(VERSION).put(hash).array());
    }

    /** What {@link #bytes} has written. */
    public static Fingerprint stored(byte[] bytes) {
        return new Fingerprint(bytes);
    }

    /** What a store keeps. Not copied: do not write to it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether two payloads are certainly not the same. */
    public boolean differsFrom(Fingerprint other) {
        return bytes[0] == other.bytes[0] && !Arrays.equals(bytes, other.bytes);
    }
}
