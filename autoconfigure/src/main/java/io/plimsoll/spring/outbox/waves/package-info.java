/** Sending ahead, without an event overtaking one before it of its key. */
@NullMarked
package io.plimsoll.spring.outbox.waves;

import org.jspecify.annotations.NullMarked;
