/** Durations that are checked by the compiler, in whatever annotation they stand. */
@NullMarked
package io.plimsoll.processor.duration;

import org.jspecify.annotations.NullMarked;
