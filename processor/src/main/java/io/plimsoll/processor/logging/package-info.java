/** The rules over what goes into a log. */
@NullMarked
package io.plimsoll.processor.logging;

import org.jspecify.annotations.NullMarked;
