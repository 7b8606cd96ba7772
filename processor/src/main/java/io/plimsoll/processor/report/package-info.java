/** What every entry point promises, written down while compiling. Features fill in the cells. */
@NullMarked
package io.plimsoll.processor.report;

import org.jspecify.annotations.NullMarked;
