package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.LeaseClaim;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.time.Duration;

/** A store whose every operation is observed. */
final class ObservedStore implements IdempotencyStore {

    private final IdempotencyStore store;
    private final StoreObservation observations;

    ObservedStore(IdempotencyStore store, StoreObservation observations) {
        this.store = store;
        this.observations = observations;
    }

    @Override
    public LeaseClaim claim(RecordId id, Fingerprint fingerprint, Owner owner, Duration lease, Duration ttl) {
        return observations.observe("claim", () -> store.claim(id, fingerprint, owner, lease, ttl));
    }

    @Override
    public LeaseClaim takeOver(RecordId id, Owner owner, Duration lease) {
        return observations.observe("take_over", () -> store.takeOver(id, owner, lease));
    }

    @Override
    public boolean extend(RecordId id, Owner owner, Duration lease) {
        return observations.observe("extend", () -> store.extend(id, owner, lease));
    }

    @Override
    public boolean complete(RecordId id, Owner owner, byte[] outcome, Duration ttl) {
        return observations.observe("record", () -> store.complete(id, owner, outcome, ttl));
    }

    @Override
    public boolean release(RecordId id, Owner owner) {
        return observations.observe("release", () -> store.release(id, owner));
    }

    @Override
    public boolean abandon(RecordId id, Owner owner) {
        return observations.observe("abandon", () -> store.abandon(id, owner));
    }

    @Override
    public int deleteExpired(int limit) {
        return observations.observe("clean", () -> store.deleteExpired(limit));
    }

    @Override
    public void verify() {
        store.verify();
    }
}
