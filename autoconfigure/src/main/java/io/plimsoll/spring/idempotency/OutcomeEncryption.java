package io.plimsoll.spring.idempotency;

/**
 * Encrypts what is stored of the answers of idempotent calls. A bean of this type is used for every record; there is none
 * by default. Keys and payloads need none: only hashes of them are stored. Thread-safe.
 */
public interface OutcomeEncryption {

    /**
     * Encrypts an outcome.
     *
     * @param outcome what would be stored
     * @param record the hash that names the record, for authenticated encryption: an outcome that is moved to another
     *     record must not decrypt
     */
    byte[] encrypt(byte[] outcome, byte[] record);

    /**
     * Decrypts what {@link #encrypt} has made, possibly long ago and with a key that has been replaced since.
     *
     * @throws RuntimeException if it cannot: the answer then counts as not kept
     */
    byte[] decrypt(byte[] stored, byte[] record);

    /** Stores outcomes as they are. */
    OutcomeEncryption NONE = new OutcomeEncryption() {

        @Override
        public byte[] encrypt(byte[] outcome, byte[] record) {
            return outcome;
        }

        @Override
        public byte[] decrypt(byte[] stored, byte[] record) {
            return stored;
        }
    };
}
