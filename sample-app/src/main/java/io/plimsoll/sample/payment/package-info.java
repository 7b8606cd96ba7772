/** Payments, charged at a gateway that may be slow. */
@NullMarked
package io.plimsoll.sample.payment;

import org.jspecify.annotations.NullMarked;
