package io.plimsoll.spring.outbox;

/**
 * Where to go on reading a bucket.
 *
 * @param floor the least id that may still be there
 */
record Lane(int bucket, long floor) {}
