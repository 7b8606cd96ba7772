/** Promises that other libraries keep, as far as the report names them. */
@NullMarked
package io.plimsoll.processor.foreign;

import org.jspecify.annotations.NullMarked;
