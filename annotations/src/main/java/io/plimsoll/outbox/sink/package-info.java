/** Where events go: for those who write a sink of their own. */
@NullMarked
package io.plimsoll.outbox.sink;

import org.jspecify.annotations.NullMarked;
