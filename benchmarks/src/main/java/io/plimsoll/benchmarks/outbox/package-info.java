/**
 * What the outbox does with events, beside its peers, on a PostgreSQL that flushes every commit, in one interleaved run:
 * {@link io.plimsoll.benchmarks.outbox.OutboxBenchmark}.
 *
 * <p>What is compared is a {@code Contender}; what is asked of it is a {@code Measurement}. Each turn has a database of its own,
 * and a Spring context in which nothing but the contender is.
 */
@NullMarked
package io.plimsoll.benchmarks.outbox;

import org.jspecify.annotations.NullMarked;
