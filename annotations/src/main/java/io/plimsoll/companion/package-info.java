/**
 * The contract between the processor, which writes one companion per annotated type, and the starter, which reads it.
 *
 * <p>Nothing in here is meant to be called by an application. It is public because generated code lives in the
 * application's packages.
 */
@NullMarked
package io.plimsoll.companion;

import org.jspecify.annotations.NullMarked;
