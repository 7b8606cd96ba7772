/** One key, one effect, one answer: {@link io.plimsoll.idempotency.Idempotent} and what it throws. */
@NullMarked
package io.plimsoll.idempotency;

import org.jspecify.annotations.NullMarked;
