package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A key whose events were taken out of the way of others; or one event without a key, which is alone.
 *
 * @param hash of its {@link OutboxMessage#orderingKey()}, in hexadecimal: of one length, however long the key is
 * @param alone whether it is an event without a key
 */
record HeldKey(int bucket, String hash, String topic, boolean alone) {

    static HeldKey of(OutboxMessage message) {
        return new HeldKey(message.bucket(), hash(message.orderingKey()), message.topic(), message.key() == null);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
