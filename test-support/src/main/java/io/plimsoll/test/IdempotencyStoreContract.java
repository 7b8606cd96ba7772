package io.plimsoll.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.LeaseClaim;
import io.plimsoll.idempotency.store.LeaseClaim.Granted;
import io.plimsoll.idempotency.store.LeaseClaim.Recorded;
import io.plimsoll.idempotency.store.LeaseClaim.Running;
import io.plimsoll.idempotency.store.LeaseClaim.Unknown;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * What every {@link IdempotencyStore} must do. To prove a store of your own, extend this class, in a JUnit 5 test, and say
 * where the store is:
 *
 * <pre>{@code
 * class MongoIdempotencyStoreTest extends IdempotencyStoreContract {
 *
 *     @Override
 *     protected IdempotencyStore store() {
 *         return new MongoIdempotencyStore(MONGO.getConnectionString());
 *     }
 * }
 * }</pre>
 *
 * <p>It works on records of its own, with random ids, so it can run against a store that holds others. It waits for real
 * leases to pass, a few seconds in all.
 */
public abstract class IdempotencyStoreContract {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] ANSWER =
            "{\"kind\":\"ANSWER\"}\n{\"a\":\"\u00e4\"}\0\r\n".getBytes(StandardCharsets.UTF_8);

    private final RecordId id = new RecordId(random(RecordId.LENGTH));
    private final Fingerprint payload = Fingerprint.of(random(32));
    private final Owner a = Owner.random();
    private final Owner b = Owner.random();

    /** The store to prove. Asked for in each test, of which each has an instance of its own. */
    protected abstract IdempotencyStore store();

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private LeaseClaim claim(Owner owner, Duration lease) {
        return store().claim(id, payload, owner, lease, LONG);
    }

    private void holdAs(Owner owner, Duration lease) {
        assertInstanceOf(Granted.class, claim(owner, lease));
    }

    /** Asks as another owner until the holder counts as lost. */
    private void awaitLost() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (claim(Owner.random(), LONG) instanceof Running) {
            assertTrue(System.nanoTime() < end, "a holder whose lease is over stays a running one");
            Thread.onSpinWait();
        }
        assertInstanceOf(Unknown.class, claim(b, LONG));
    }

    private void awaitFree() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!(claim(b, LONG) instanceof Granted)) {
            assertTrue(System.nanoTime() < end, "a record whose ttl is over is not gone");
            Thread.onSpinWait();
        }
    }

    @Test
    void aKeyIsClaimedOnce() {
        holdAs(a, LONG);

        Running other = assertInstanceOf(Running.class, claim(b, LONG));
        assertArrayEquals(payload.bytes(), other.fingerprint().bytes());
    }

    @Test
    void whoHoldsTheClaimIsGrantedItAgainWithTheSameToken() {
        Granted first = assertInstanceOf(Granted.class, claim(a, LONG));

        assertEquals(first, claim(a, LONG));
    }

    @Test
    void anotherKeyIsFree() {
        holdAs(a, LONG);
        RecordId another = new RecordId(random(RecordId.LENGTH));

        assertInstanceOf(Granted.class, store().claim(another, payload, b, LONG, LONG));
    }

    @Test
    void ofManyClaimsAtOnceOneIsGranted() throws Exception {
        int threads = 16;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            IdempotencyStore store = store();
            List<Future<LeaseClaim>> claims = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                claims.add(executor.submit(() -> {
                    start.await();
                    return store.claim(id, payload, Owner.random(), LONG, LONG);
                }));
            }
            int granted = 0;
            for (Future<LeaseClaim> each : claims) {
                granted += each.get() instanceof Granted ? 1 : 0;
            }
            assertEquals(1, granted);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void theOutcomeIsKeptByteForByte() {
        holdAs(a, LONG);

        assertTrue(store().complete(id, a, ANSWER, LONG));

        Recorded found = assertInstanceOf(Recorded.class, claim(b, LONG));
        assertArrayEquals(ANSWER, found.outcome());
        assertArrayEquals(payload.bytes(), found.fingerprint().bytes());
        assertInstanceOf(Recorded.class, claim(a, LONG));
    }

    @Test
    void anOutcomeMayBeEmptyOrLarge() {
        byte[] large = random(1_000_000);
        holdAs(a, LONG);

        assertTrue(store().complete(id, a, large, LONG));

        assertArrayEquals(large, ((Recorded) claim(b, LONG)).outcome());
    }

    @Test
    void toCompleteAgainIsTheSame() {
        holdAs(a, LONG);

        assertTrue(store().complete(id, a, ANSWER, LONG));
        assertTrue(store().complete(id, a, ANSWER, LONG));

        assertArrayEquals(ANSWER, ((Recorded) claim(b, LONG)).outcome());
    }

    @Test
    void onlyTheHolderCanEndACall() {
        holdAs(a, LONG);

        assertFalse(store().complete(id, b, ANSWER, LONG));
        assertFalse(store().release(id, b));
        assertFalse(store().abandon(id, b));
        assertFalse(store().extend(id, b, LONG));

        assertInstanceOf(Running.class, claim(b, LONG));
        assertTrue(store().complete(id, a, ANSWER, LONG));
    }

    @Test
    void nothingIsDoneToARecordThatIsNotThere() {
        assertFalse(store().complete(id, a, ANSWER, LONG));
        assertFalse(store().release(id, a));
        assertFalse(store().abandon(id, a));
        assertFalse(store().extend(id, a, LONG));
        assertFalse(store().takeOver(id, a, LONG) instanceof Granted);

        assertInstanceOf(Granted.class, claim(b, LONG));
    }

    @Test
    void aReleasedKeyIsFree() {
        holdAs(a, LONG);

        assertTrue(store().release(id, a));

        holdAs(b, LONG);
        assertFalse(store().release(id, a));
        assertFalse(store().complete(id, a, ANSWER, LONG));
    }

    @Test
    void anAbandonedCallIsUnknownToEverybody() {
        holdAs(a, LONG);

        assertTrue(store().abandon(id, a));

        Unknown found = assertInstanceOf(Unknown.class, claim(b, LONG));
        assertArrayEquals(payload.bytes(), found.fingerprint().bytes());
        assertInstanceOf(Unknown.class, claim(a, LONG));
        assertFalse(store().complete(id, a, ANSWER, LONG));
        assertFalse(store().extend(id, a, LONG));
        assertFalse(store().release(id, a));
    }

    @Test
    void whatIsRecordedCanBeNeitherGivenBackNorUp() {
        holdAs(a, LONG);
        assertTrue(store().complete(id, a, ANSWER, LONG));

        assertFalse(store().release(id, a));
        assertFalse(store().abandon(id, a));
        assertFalse(store().extend(id, a, LONG));
        assertFalse(store().takeOver(id, b, LONG) instanceof Granted);

        assertInstanceOf(Recorded.class, claim(b, LONG));
    }

    @Test
    void aSilentHolderLosesItsClaimToWhoeverAsks() {
        holdAs(a, SHORT);

        awaitLost();

        assertFalse(store().complete(id, a, ANSWER, LONG));
        assertFalse(store().extend(id, a, LONG));
        assertFalse(store().release(id, a));
        assertInstanceOf(Unknown.class, claim(b, LONG));
    }

    /** Until somebody has been told otherwise, it is the holder's: nobody has acted on the silence. */
    @Test
    void aSilentHolderThatNobodyAskedForMayStillEndItsCall() throws InterruptedException {
        holdAs(a, Duration.ofMillis(1));
        Thread.sleep(50);

        assertTrue(store().complete(id, a, ANSWER, LONG));

        assertInstanceOf(Recorded.class, claim(b, LONG));
    }

    @Test
    void aHolderThatExtendsItsLeaseIsNotSilent() throws InterruptedException {
        holdAs(a, SHORT);

        for (int i = 0; i < 8; i++) {
            assertTrue(store().extend(id, a, SHORT.multipliedBy(3)));
            Thread.sleep(SHORT.toMillis() / 3);
            assertInstanceOf(Running.class, claim(b, LONG));
        }

        assertTrue(store().complete(id, a, ANSWER, LONG));
    }

    @Test
    void anUnknownRecordIsTakenOverOnce() {
        Granted first = assertInstanceOf(Granted.class, claim(a, LONG));
        assertTrue(store().abandon(id, a));

        Granted second = assertInstanceOf(Granted.class, store().takeOver(id, b, LONG));

        assertTrue(second.fencingToken() > first.fencingToken());
        assertEquals(second, store().takeOver(id, b, LONG));
        assertInstanceOf(Running.class, store().takeOver(id, Owner.random(), LONG));
        assertFalse(store().complete(id, a, ANSWER, LONG));
        assertTrue(store().complete(id, b, ANSWER, LONG));
        assertArrayEquals(
                payload.bytes(), ((Recorded) claim(a, LONG)).fingerprint().bytes());
    }

    @Test
    void aRunningRecordIsNotTakenOver() {
        holdAs(a, LONG);

        assertInstanceOf(Running.class, store().takeOver(id, b, LONG));

        assertTrue(store().complete(id, a, ANSWER, LONG));
    }

    @Test
    void fencingTokensGrowAlsoWhenARecordWasGone() {
        long last = 0;
        for (int i = 0; i < 20; i++) {
            Owner owner = Owner.random();
            long token = assertInstanceOf(Granted.class, claim(owner, LONG)).fencingToken();
            assertTrue(token > last, token + " after " + last);
            assertTrue(store().release(id, owner));
            last = token;
        }
    }

    @Test
    void aRecordIsGoneOnceItsTimeIsOver() {
        holdAs(a, LONG);
        assertTrue(store().complete(id, a, ANSWER, SHORT));

        awaitFree();

        assertFalse(store().complete(id, a, ANSWER, LONG));
        assertTrue(store().complete(id, b, ANSWER, LONG));
    }

    @Test
    void anUnknownRecordIsGoneOnceItsTimeIsOver() {
        assertInstanceOf(Granted.class, store().claim(id, payload, a, LONG, SHORT));
        assertTrue(store().abandon(id, a));

        awaitFree();
    }

    @Test
    void aRunningRecordIsNotGoneWhileItsHolderIsAlive() throws InterruptedException {
        assertInstanceOf(Granted.class, store().claim(id, payload, a, LONG, Duration.ofMillis(50)));
        Thread.sleep(150);

        assertInstanceOf(Running.class, claim(b, LONG));
        store().deleteExpired(1_000);
        assertInstanceOf(Running.class, claim(b, LONG));
        assertTrue(store().complete(id, a, ANSWER, LONG));
    }

    @Test
    void whatIsGoneIsDeletedAndNothingElse() throws InterruptedException {
        holdAs(a, LONG);
        assertTrue(store().complete(id, a, ANSWER, LONG));
        RecordId gone = new RecordId(random(RecordId.LENGTH));
        assertInstanceOf(Granted.class, store().claim(gone, payload, a, LONG, LONG));
        assertTrue(store().complete(gone, a, ANSWER, Duration.ofMillis(1)));
        Thread.sleep(50);

        int deleted;
        do {
            deleted = store().deleteExpired(100);
        } while (deleted == 100);

        assertInstanceOf(Recorded.class, claim(b, LONG));
        assertInstanceOf(Granted.class, store().claim(gone, payload, b, LONG, LONG));
    }

    /** A race of holders that are given up against those who give them up, for as many rounds as it takes to meet. */
    @Test
    void ofAHolderThatEndsAndOneThatTakesItsClaimOnlyOneSucceeds() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            IdempotencyStore store = store();
            for (int round = 0; round < 100; round++) {
                RecordId record = new RecordId(random(RecordId.LENGTH));
                Owner holder = Owner.random();
                store.claim(record, payload, holder, Duration.ofMillis(1), LONG);
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Boolean> completed = executor.submit(() -> {
                    start.await();
                    return store.complete(record, holder, ANSWER, LONG);
                });
                Future<LeaseClaim> seen = executor.submit(() -> {
                    start.await();
                    return store.claim(record, payload, Owner.random(), LONG, LONG);
                });
                boolean told = seen.get() instanceof Unknown;
                assertFalse(Objects.requireNonNull(completed.get()) && told, "recorded, and reported as unknown");
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
