/** Rules about work that a clock starts. */
@NullMarked
package io.plimsoll.processor.schedule;

import org.jspecify.annotations.NullMarked;
