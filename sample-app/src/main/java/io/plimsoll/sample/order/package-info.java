/** Orders, taken from the stock in one transaction. */
@NullMarked
package io.plimsoll.sample.order;

import org.jspecify.annotations.NullMarked;
