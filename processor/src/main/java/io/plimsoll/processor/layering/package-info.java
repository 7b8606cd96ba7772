/** Rules about which layer may know which. */
@NullMarked
package io.plimsoll.processor.layering;

import org.jspecify.annotations.NullMarked;
