/** Sends the child keys of idempotent calls with the requests that are made for them. */
@NullMarked
package io.plimsoll.spring.idempotency.http;

import org.jspecify.annotations.NullMarked;
