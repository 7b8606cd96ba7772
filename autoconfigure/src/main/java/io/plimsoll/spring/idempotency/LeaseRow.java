package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.time.Duration;
import org.springframework.util.ObjectUtils;

/** A claim with a lease, as a dialect writes it down. */
record LeaseRow(RecordId id, Fingerprint fingerprint, Duration ttl, Owner owner, Duration lease) {

    /** In the order {@code id, fingerprint, expires_at, owner, lease_until}; times as microseconds from now on. */
    Object[] columns() {
        return new Object[] {id.bytes(), fingerprint.bytes(), Dialect.micros(ttl), owner.bytes(), Dialect.micros(lease)
        };
    }

    /** {@link #columns()}, and the id once more. */
    Object[] columnsAndId() {
        return ObjectUtils.addObjectToArray(columns(), id.bytes());
    }
}
