/** What was sold. Told of orders by their events, after they are committed. */
@NullMarked
package io.plimsoll.sample.sales;

import org.jspecify.annotations.NullMarked;
