/** One budget for a whole call: {@link io.plimsoll.timeout.Timeout} and what a call under it can see and throw. */
@NullMarked
package io.plimsoll.timeout;

import org.jspecify.annotations.NullMarked;
