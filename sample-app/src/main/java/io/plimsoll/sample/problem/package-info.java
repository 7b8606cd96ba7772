/** Errors as RFC 9457 problem details, each with a stable code. */
@NullMarked
package io.plimsoll.sample.problem;

import org.jspecify.annotations.NullMarked;
