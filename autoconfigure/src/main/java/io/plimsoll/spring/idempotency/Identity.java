package io.plimsoll.spring.idempotency;

/** Which call this is, and with what payload it came. */
record Identity(RecordId id, Fingerprint fingerprint) {}
