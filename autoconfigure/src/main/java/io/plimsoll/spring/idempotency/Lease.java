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
    private boolean committing;

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

    /** A transaction of the call that carries no mark is about to commit, or has. */
    void committing() {
        committing = true;
    }

    /** Whether the store cannot tell what a commit has come to whose answer was lost. */
    boolean hasUnmarkedCommit() {
        return committing;
    }

    /** A transaction of the call has committed: what it has done stays, however the call ends. */
    void committed() {
        committed = true;
    }

    boolean hasCommitted() {
        return committed;
    }
}
