/** Rules about how beans get what they need. */
@NullMarked
package io.plimsoll.processor.injection;

import org.jspecify.annotations.NullMarked;
