package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.LeaseClaim;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** A store that is no database tells by what it is asked for how far a call has come. */
record SteppedStore(IdempotencyStore store, Step.Listener steps) implements IdempotencyStore {

    /** Around every store that is a bean. */
    record Around(Step.Listener steps) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof IdempotencyStore store ? new SteppedStore(store, steps) : bean;
        }
    }

    @Override
    public LeaseClaim claim(RecordId id, Fingerprint fingerprint, Owner owner, Duration lease, Duration ttl) {
        steps.reached(Step.BEFORE_CLAIM);
        LeaseClaim claim = store.claim(id, fingerprint, owner, lease, ttl);
        steps.reached(Step.AFTER_CLAIM);
        return claim;
    }

    @Override
    public LeaseClaim takeOver(RecordId id, Owner owner, Duration lease) {
        return store.takeOver(id, owner, lease);
    }

    @Override
    public boolean extend(RecordId id, Owner owner, Duration lease) {
        return store.extend(id, owner, lease);
    }

    @Override
    public boolean complete(RecordId id, Owner owner, byte[] outcome, Duration ttl) {
        steps.reached(Step.BEFORE_OUTCOME);
        boolean done = store.complete(id, owner, outcome, ttl);
        steps.reached(Step.AFTER_OUTCOME);
        return done;
    }

    @Override
    public boolean release(RecordId id, Owner owner) {
        return store.release(id, owner);
    }

    @Override
    public boolean abandon(RecordId id, Owner owner) {
        return store.abandon(id, owner);
    }
}
