/**
 * Writes one companion per type that carries a promise. Features add facts through
 * {@link io.plimsoll.processor.companion.FactWriter}.
 */
@NullMarked
package io.plimsoll.processor.companion;

import org.jspecify.annotations.NullMarked;
