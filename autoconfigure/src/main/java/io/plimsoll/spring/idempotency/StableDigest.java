package io.plimsoll.spring.idempotency;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over values, in a form that is the same in every process and version and that no two different sequences of
 * values share: each value carries its kind and its length.
 *
 * <p>What a {@link io.plimsoll.companion.CompiledExpression} may return, it takes. All integral types count as one. Not
 * thread-safe; used once.
 */
final class StableDigest {

    private final MessageDigest sha256;

    StableDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    StableDigest add(Object value) {
        if (value instanceof String || value instanceof Character) {
            text('s', value.toString());
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger) {
            text('i', value.toString());
        } else if (value instanceof UUID) {
            text('u', value.toString());
        } else if (value instanceof Boolean) {
            text('b', value.toString());
        } else if (value instanceof Enum<?> constant) {
            text('e', constant.name());
        } else if (value instanceof TemporalAccessor || value instanceof TemporalAmount || value instanceof ZoneId) {
            text('t', value.toString());
        } else if (value instanceof List<?> values) {
            header('l', values.size());
            values.forEach(this::add);
        } else {
            throw new IllegalArgumentException(
                    "A " + value.getClass().getName() + " is no stable part of a key or a fingerprint.");
        }
        return this;
    }

    /** A part that is not there is not the same as an empty one. */
    StableDigest addAbsent() {
        header('-', 0);
        return this;
    }

    StableDigest addOrAbsent(@Nullable Object value) {
        return value == null ? addAbsent() : add(value);
    }

    StableDigest addBytes(byte[] bytes) {
        header('x', bytes.length);
        sha256.update(bytes);
        return this;
    }

    /** By a digest of its own, since nobody knows its length before its end. */
    StableDigest addStream(InputStream stream) throws IOException {
        StableDigest content = new StableDigest();
        byte[] buffer = new byte[8192];
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            content.sha256.update(buffer, 0, read);
        }
        return addBytes(content.sum());
    }

    /** Opens a composite of a kind that the caller chooses. */
    StableDigest header(char kind, int length) {
        sha256.update(new byte[] {
            (byte) kind, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        });
        return this;
    }

    /** Char by char: in UTF-8 all halves of surrogate pairs would be one and the same question mark. */
    private void text(char kind, String text) {
        header(kind, text.length());
        ByteBuffer chars = ByteBuffer.allocate(Character.BYTES * text.length());
        chars.asCharBuffer().put(text);
        sha256.update(chars);
    }

    byte[] sum() {
        return sha256.digest();
    }
}
