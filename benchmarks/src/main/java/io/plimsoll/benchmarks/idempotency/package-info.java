/**
 * How much throughput is left when a business transaction must have one effect per key: {@code @Idempotent} and its
 * peers beside the bare transaction, on a PostgreSQL that flushes every commit, in one interleaved run.
 *
 * <p>{@link io.plimsoll.benchmarks.idempotency.ThroughputBenchmark} runs it. What is compared is a
 * {@link io.plimsoll.benchmarks.idempotency.Contender}; one that is not in this module comes along through
 * {@link java.util.ServiceLoader} as a {@link io.plimsoll.benchmarks.idempotency.ContenderFactory}.
 */
@NullMarked
package io.plimsoll.benchmarks.idempotency;

import org.jspecify.annotations.NullMarked;
