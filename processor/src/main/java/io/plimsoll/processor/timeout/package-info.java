/** The rule and the fact of {@code @Timeout}. */
@NullMarked
package io.plimsoll.processor.timeout;

import org.jspecify.annotations.NullMarked;
