/** What the promises cost. */
@NullMarked
package io.plimsoll.benchmarks;

import org.jspecify.annotations.NullMarked;
