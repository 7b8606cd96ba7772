/** The rules and the fact of {@code @Idempotent}. */
@NullMarked
package io.plimsoll.processor.idempotency;

import org.jspecify.annotations.NullMarked;
