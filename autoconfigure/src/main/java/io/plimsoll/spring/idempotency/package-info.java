/**
 * Keeps {@link io.plimsoll.idempotency.Idempotent}: one key, one effect in the database, one answer.
 *
 * <p>Two halves. Outside of {@code @Transactional} stands {@link io.plimsoll.spring.idempotency.CallInterceptor}: it
 * works out which call this is, waits, and finds out whether a commit that broke off has happened, all without holding a
 * connection. Inside stands {@link io.plimsoll.spring.idempotency.ClaimInterceptor}: it claims the key in the
 * transaction of the work before the method runs, and records the answer in it afterwards. A rollback removes both, so
 * there is no lease and no clock.
 *
 * <p>{@link io.plimsoll.spring.idempotency.Call} is what the two halves tell each other, {@link
 * io.plimsoll.spring.idempotency.CallSource} says which call it is, {@link
 * io.plimsoll.spring.idempotency.OutcomeCodec} how its answer is written down, {@link
 * io.plimsoll.spring.idempotency.TransactionalStore} where.
 */
@NullMarked
package io.plimsoll.spring.idempotency;

import org.jspecify.annotations.NullMarked;
