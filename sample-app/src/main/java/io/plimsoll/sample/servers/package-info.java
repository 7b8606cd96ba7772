/** The servers that the shop brings along for a machine that has none. */
@NullMarked
package io.plimsoll.sample.servers;

import org.jspecify.annotations.NullMarked;
