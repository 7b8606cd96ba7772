package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The claim of a running call. Confined to the thread of the call. */
final class Lease {

    private final String method;
    private final RecordId id;
    private final Owner owner;
    private final long fencingToken;
    private final Set<Object> committing = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean committed;
    private boolean settled;

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

    /** A transaction of the call that carries no mark is about to commit. */
    void committing(Object transaction) {
        committing.add(transaction);
    }

    /** It has rolled back for certain. */
    void notCommitted(Object transaction) {
        committing.remove(transaction);
    }

    /** A transaction of the call has committed: what it has done stays, however the call ends. */
    void committed(Object transaction) {
        committing.remove(transaction);
        committed = true;
    }

    /** Whether nobody can tell what a commit has come to: its answer was lost, and it has left no mark. */
    boolean hasLostCommit() {
        return !committing.isEmpty();
    }

    boolean hasCommitted() {
        return committed;
    }

    /** The store is told how the call has ended. */
    void settling() {
        settled = true;
    }

    boolean isSettled() {
        return settled;
    }
}
