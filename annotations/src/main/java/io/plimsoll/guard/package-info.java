/**
 * Speaks up in javac where promises are compiled without plimsoll-processor. Nothing in here is meant to be called; at
 * run time nothing in here is loaded.
 */
@NullMarked
package io.plimsoll.guard;

import org.jspecify.annotations.NullMarked;
