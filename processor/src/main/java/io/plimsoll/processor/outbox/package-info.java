/** What the outbox asks of events, and of what publishes them. */
@NullMarked
package io.plimsoll.processor.outbox;

import org.jspecify.annotations.NullMarked;
