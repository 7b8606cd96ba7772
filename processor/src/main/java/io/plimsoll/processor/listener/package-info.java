/** The rules over message listeners. */
@NullMarked
package io.plimsoll.processor.listener;

import org.jspecify.annotations.NullMarked;
