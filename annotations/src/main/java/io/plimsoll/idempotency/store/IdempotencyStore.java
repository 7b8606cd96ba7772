package io.plimsoll.idempotency.store;

import java.time.Duration;

/**
 * Where {@link io.plimsoll.idempotency.Mode#LEASE} keeps its claims and outcomes. A Spring bean of this type takes the
 * place of Plimsoll's own stores; {@code IdempotencyStoreContract} of plimsoll-test is what it must pass.
 *
 * <p>A record is <em>running</em>, with an owner and the end of its lease; or <em>unknown</em>, without an owner; or
 * <em>recorded</em>, with an outcome. It is gone once its {@code ttl} is over, unless it is running and not silent: then
 * its key is free. It is <em>silent</em> once its lease is over and was not extended. Time is the store's own, never that
 * of the caller.
 *
 * <p>Every method is one atomic step and does not wait for another call. It is done at once and stays done: it does not
 * join a transaction of its caller. An outcome that was recorded must survive a crash of the store as well as the effects
 * of the calls do; a store that promises less says so.
 *
 * <p>Every method throws a {@link RuntimeException} if the store does not do what it is told, or does not answer; then it may have done it or not, and the same may be asked again. Thread-safe.
 */
public interface IdempotencyStore {

    /**
     * Claims a key.
     *
     * <p>Granted if the key is free, and to an owner that holds it already. A running record that is silent becomes
     * unknown by this.
     *
     * @param fingerprint kept with the claim, and told to whoever asks for the key
     * @param lease from now on; positive
     * @param ttl from now on; positive
     */
    LeaseClaim claim(RecordId id, Fingerprint fingerprint, Owner owner, Duration lease, Duration ttl);

    /**
     * Claims an unknown record, whose fingerprint and ttl stay.
     *
     * @return granted, also to an owner that holds it already, or what the record has become meanwhile: gone is {@link
     *     LeaseClaim.Unknown}
     */
    LeaseClaim takeOver(RecordId id, Owner owner, Duration lease);

    /**
     * Keeps a claim from falling silent.
     *
     * @param lease from now on
     * @return false if the owner does not hold the claim, or no longer
     */
    boolean extend(RecordId id, Owner owner, Duration lease);

    /**
     * Records the outcome of the call that holds the claim. Again, with the same owner, is the same.
     *
     * @param ttl from now on
     * @return false if the owner did not hold the claim
     */
    boolean complete(RecordId id, Owner owner, byte[] outcome, Duration ttl);

    /**
     * Gives a claim back: the call has had no effect, and the key is free.
     *
     * @return false if the owner did not hold the claim, or no longer
     */
    boolean release(RecordId id, Owner owner);

    /**
     * Gives a claim up: nobody knows whether the call has had an effect. The record becomes unknown.
     *
     * @return false if the owner did not hold the claim, or no longer
     */
    boolean abandon(RecordId id, Owner owner);

    /**
     * Deletes what is gone and still takes up room, and nothing else.
     *
     * @param limit how many records at most
     * @return how many; less than {@code limit} if there are no more
     */
    default int deleteExpired(int limit) {
        return 0;
    }

    /**
     * Looks, at start-up, whether the store can be used.
     *
     * @throws RuntimeException that says what is missing
     */
    default void verify() {}
}
