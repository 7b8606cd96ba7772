/**
 * Where the claims of {@link io.plimsoll.idempotency.Mode#LEASE} are kept: the door for stores that Plimsoll does not
 * bring along.
 */
@NullMarked
package io.plimsoll.idempotency.store;

import org.jspecify.annotations.NullMarked;
