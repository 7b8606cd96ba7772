package io.plimsoll.benchmarks.idempotency;

/** The answer of a task: what an idempotent call has to keep for its duplicates. */
public record Receipt(String reference, int cents, String status) {}
