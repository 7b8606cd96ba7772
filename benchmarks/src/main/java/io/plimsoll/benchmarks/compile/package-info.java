/** What the processor costs a build, beside no processor at all and beside MapStruct and Immutables. */
@NullMarked
package io.plimsoll.benchmarks.compile;

import org.jspecify.annotations.NullMarked;
