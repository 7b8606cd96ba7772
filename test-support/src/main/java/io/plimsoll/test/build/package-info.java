/** Commands for what the processor has written while compiling: {@link io.plimsoll.test.build.Plimsoll}. */
@NullMarked
package io.plimsoll.test.build;

import org.jspecify.annotations.NullMarked;
