package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.EndOfCalls;
import io.plimsoll.idempotency.store.RecordId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Those in this JVM who wait for a call to end. They are woken by its end, here or, if the store tells, anywhere else; and
 * since a message can be lost, they look for themselves now and then. Thread-safe.
 */
final class Waiters {

    private static final Log log = LogFactory.getLog(Waiters.class);

    private final ConcurrentMap<RecordId, Set<Semaphore>> waiting = new ConcurrentHashMap<>();

    /** @param elsewhere null if nobody tells of other JVMs */
    Waiting begin(RecordId id, @Nullable EndOfCalls elsewhere) {
        Semaphore wakeUp = new Semaphore(0);
        waiting.compute(id, (key, others) -> {
            Set<Semaphore> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(wakeUp);
            return all;
        });
        return new Waiting(id, wakeUp, elsewhere == null ? null : watch(id, wakeUp, elsewhere));
    }

    private static @Nullable AutoCloseable watch(RecordId id, Semaphore wakeUp, EndOfCalls elsewhere) {
        try {
            return elsewhere.watch(id, wakeUp::release);
        } catch (RuntimeException e) {
            log.debug("Nobody will tell that a call has ended; it is looked for", e);
            return null;
        }
    }

    /** A call has ended in this JVM. */
    void ended(RecordId id) {
        Set<Semaphore> those = waiting.get(id);
        if (those != null) {
            those.forEach(Semaphore::release);
        }
    }

    /** One who waits. Confined to its thread. */
    final class Waiting implements AutoCloseable {

        private final RecordId id;
        private final Semaphore wakeUp;
        private final @Nullable AutoCloseable watch;

        private Waiting(RecordId id, Semaphore wakeUp, @Nullable AutoCloseable watch) {
            this.id = id;
            this.wakeUp = wakeUp;
            this.watch = watch;
        }

        /** Whether another JVM would be heard of. */
        boolean isTold() {
            return watch != null;
        }

        /** Until the call may have ended, or the time is up. */
        void await(long nanos) throws InterruptedException {
            if (wakeUp.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                wakeUp.drainPermits();
            }
        }

        @Override
        public void close() {
            waiting.computeIfPresent(id, (key, all) -> {
                all.remove(wakeUp);
                return all.isEmpty() ? null : all;
            });
            try {
                if (watch != null) {
                    watch.close();
                }
            } catch (Exception e) {
                log.debug("A watch did not end", e);
            }
        }
    }
}
