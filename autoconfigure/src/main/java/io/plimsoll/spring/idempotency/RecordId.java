package io.plimsoll.spring.idempotency;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Which record a call has: SHA-256 over everything that makes two calls the same one. */
final class RecordId {

    private final byte[] hash;

    /** @param hash 32 bytes, not copied */
    RecordId(byte[] hash) {
        this.hash = hash;
    }

    byte[] bytes() {
        return hash;
    }

    /** For locks whose names are 64 bits long: two calls that share them by chance only wait for each other. */
    long lock() {
        return ByteBuffer.wrap(hash).getLong();
    }

    /** Bits that {@link #lock()} does not use. */
    int mark() {
        return ByteBuffer.wrap(hash).getInt(Long.BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordId id && Arrays.equals(hash, id.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
