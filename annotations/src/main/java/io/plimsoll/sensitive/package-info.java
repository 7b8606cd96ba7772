/** What must not leave the application by the way of its logs. */
@NullMarked
package io.plimsoll.sensitive;

import org.jspecify.annotations.NullMarked;
