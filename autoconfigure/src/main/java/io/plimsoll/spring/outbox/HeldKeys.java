package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which keys of the buckets of this instance are out of the way. The table knows; this is so that nobody need ask it. A key that
 * is here and not there is found out when something is put behind it; one that is there and not here would be overtaken, so
 * whatever is in doubt is {@linkplain #forget forgotten} and loaded again. Thread-safe.
 */
final class HeldKeys {

    private final Map<Integer, Set<HeldKey>> byBucket = new ConcurrentHashMap<>();

    /** Makes sure that it knows of a bucket. */
    void know(int bucket, Function<Integer, ? extends Iterable<HeldKey>> load) {
        byBucket.computeIfAbsent(bucket, number -> {
            Set<HeldKey> keys = ConcurrentHashMap.newKeySet();
            load.apply(number).forEach(keys::add);
            return keys;
        });
    }

    /** Nothing is known of a bucket any more. */
    void forget(int bucket) {
        byBucket.remove(bucket);
    }

    boolean has(OutboxMessage message) {
        Set<HeldKey> keys = byBucket.getOrDefault(message.bucket(), Set.of());
        return !keys.isEmpty() && message.key() != null && keys.contains(HeldKey.of(message));
    }

    void add(HeldKey key) {
        if (!key.alone()) {
            byBucket.getOrDefault(key.bucket(), new HashSet<>()).add(key);
        }
    }

    void remove(HeldKey key) {
        byBucket.getOrDefault(key.bucket(), new HashSet<>()).remove(key);
    }
}
