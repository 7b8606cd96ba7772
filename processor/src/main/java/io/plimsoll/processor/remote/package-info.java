/** Calls to other services that may last for ever. */
@NullMarked
package io.plimsoll.processor.remote;

import org.jspecify.annotations.NullMarked;
