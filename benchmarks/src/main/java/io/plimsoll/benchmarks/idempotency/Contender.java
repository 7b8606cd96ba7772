package io.plimsoll.benchmarks.idempotency;

import org.jspecify.annotations.Nullable;

/** One way to run the business transaction under a key. Called by many threads at once, mostly with a new key. */
public interface Contender extends AutoCloseable {

    /** As it stands in the table. */
    String name();

    /**
     * Runs the task, unless it has run under this key before.
     *
     * @return the answer of the first call with this key; {@code null} from a contender that does not keep it
     */
    @Nullable
    Receipt call(String key) throws Exception;

    @Override
    default void close() {}
}
