package io.plimsoll.benchmarks.idempotency.redis;

import org.jspecify.annotations.Nullable;

/** One way to do something once per key, with Redis to remember it. Called by many threads at once. */
interface RedisContender extends AutoCloseable {

    /** As it stands in the table. */
    String name();

    /** What it remembers, and what becomes of a call whose process dies. */
    String keeps();

    /** @return the answer of the first call with the key; {@code null} from a contender that does not keep it */
    @Nullable
    String call(String key) throws Exception;

    @Override
    default void close() {}
}
