package io.plimsoll.idempotency.store;

import java.util.Arrays;
import java.util.HexFormat;

/** Which record a call has: SHA-256 over everything that makes two calls the same one. Immutable. */
public final class RecordId {

    /** How many bytes there are. */
    public static final int LENGTH = 32;

    private final byte[] hash;

    /** @param hash of {@link #LENGTH}, not copied */
    public RecordId(byte[] hash) {
        this.hash = hash;
    }

    /** The hash. Not copied: do not write to it. */
    public byte[] bytes() {
        return hash;
    }

    /** The hash, as 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(hash);
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
