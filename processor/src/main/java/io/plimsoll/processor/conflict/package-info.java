/** The rule about promises that contradict each other, whatever features they belong to. */
@NullMarked
package io.plimsoll.processor.conflict;

import org.jspecify.annotations.NullMarked;
