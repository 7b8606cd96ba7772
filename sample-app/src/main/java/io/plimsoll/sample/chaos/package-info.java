/** Slowness on demand, to see the budgets at work. */
@NullMarked
package io.plimsoll.sample.chaos;

import org.jspecify.annotations.NullMarked;
