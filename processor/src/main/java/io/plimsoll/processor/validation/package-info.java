/** Rules about what comes in unchecked. */
@NullMarked
package io.plimsoll.processor.validation;

import org.jspecify.annotations.NullMarked;
