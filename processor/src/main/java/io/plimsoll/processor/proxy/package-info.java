/** Promises that a proxy could not keep. */
@NullMarked
package io.plimsoll.processor.proxy;

import org.jspecify.annotations.NullMarked;
