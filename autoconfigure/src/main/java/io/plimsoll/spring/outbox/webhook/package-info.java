/** Events to a URL. */
@NullMarked
package io.plimsoll.spring.outbox.webhook;

import org.jspecify.annotations.NullMarked;
