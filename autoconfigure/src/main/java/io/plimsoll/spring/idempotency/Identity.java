package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;

/** Which call this is, and with what payload it came. */
record Identity(RecordId id, Fingerprint fingerprint) {}
