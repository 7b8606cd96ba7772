/** A small shop that shows what Plimsoll does for a service. */
@NullMarked
package io.plimsoll.sample;

import org.jspecify.annotations.NullMarked;
