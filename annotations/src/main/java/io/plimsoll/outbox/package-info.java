/** Events that are committed together with the work they tell of. */
@NullMarked
package io.plimsoll.outbox;

import org.jspecify.annotations.NullMarked;
