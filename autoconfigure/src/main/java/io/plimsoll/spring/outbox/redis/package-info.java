/** Events to streams of Redis. */
@NullMarked
package io.plimsoll.spring.outbox.redis;

import org.jspecify.annotations.NullMarked;
