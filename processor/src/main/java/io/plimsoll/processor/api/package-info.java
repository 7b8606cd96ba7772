/** Rules about what a program shows to its clients. */
@NullMarked
package io.plimsoll.processor.api;

import org.jspecify.annotations.NullMarked;
