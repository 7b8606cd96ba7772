/**
 * Keeps {@link io.plimsoll.timeout.Timeout}: one budget per call, on the caller's thread.
 *
 * <p>{@link io.plimsoll.spring.timeout.BudgetInterceptor} starts a {@link io.plimsoll.spring.timeout.Budget} and arms
 * it with the {@link io.plimsoll.spring.timeout.Watchdog}. At the deadline the watchdog disarms it - from then on the
 * call has timed out - and a cancel thread strikes the top of the call's
 * {@link io.plimsoll.spring.timeout.CancelStack}: the JDBC statement that is running, or else the thread itself. A
 * commit takes the budget off the watchdog first ({@link io.plimsoll.spring.timeout.CommitGate}), so it is either
 * refused or left alone.
 */
@NullMarked
package io.plimsoll.spring.timeout;

import org.jspecify.annotations.NullMarked;
