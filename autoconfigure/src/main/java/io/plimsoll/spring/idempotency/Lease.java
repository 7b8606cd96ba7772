package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;

/** The claim of a running call. Confined to the thread of the call. */
final class Lease {

    private final String method;
    private final RecordId id;
    private final Owner owner;
    private final long fencingToken;
    private boolean committed;

    /** @param method that is called, for people */
    Lease(String method, RecordId id, Owner owner, long fencingToken) {
        this.method = method;
        this.id = id;
        this.owner = owner;
        this.fencingToken = fencingToken;
    }

    String method() {
        return method;
    }

    RecordId id() {
        return id;
    }

    Owner owner() {
        return owner;
    }

    long fencingToken() {
        return fencingToken;
    }

    /** A transaction of the call has committed: what it has done stays, however the call ends. */
    void committed() {
        committed = true;
    }

    boolean hasCommitted() {
        return committed;
    }
}
