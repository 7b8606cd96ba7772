package io.plimsoll.idempotency.store;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who holds a claim: 128 random bits, drawn anew for each attempt to claim. A claim can be renewed, completed and given
 * back only by who knows them. Immutable.
 */
public final class Owner {

    /** How many bytes there are. */
    public static final int LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] token;

    private Owner(byte[] token) {
        this.token = token;
    }

    /** A new one. */
    public static Owner random() {
        byte[] token = new byte[LENGTH];
        RANDOM.nextBytes(token);
        return new Owner(token);
    }

    /**
     * An owner of fixed bits, for tests of stores.
     *
     * @param high the first 64 of them
     * @param low the others
     */
    public static Owner of(long high, long low) {
        return new Owner(ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array());
    }

    /** The bits. Not copied: do not write to them. */
    public byte[] bytes() {
        return token;
    }

    /** The bits, as 32 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(token);
    }

    /** Whether a store holds this owner's claim. */
    public boolean isIn(byte[] stored) {
        return Arrays.equals(token, stored);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Owner owner && isIn(owner.token);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(token);
    }
}
