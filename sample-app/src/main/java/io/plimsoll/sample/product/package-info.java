/** What there is to buy. */
@NullMarked
package io.plimsoll.sample.product;

import org.jspecify.annotations.NullMarked;
