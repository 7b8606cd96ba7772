/** The rules over credentials. */
@NullMarked
package io.plimsoll.processor.secret;

import org.jspecify.annotations.NullMarked;
