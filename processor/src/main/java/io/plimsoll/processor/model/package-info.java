/**
 * What the compiler knows of annotations and types, as Spring will see them at run time: merged, aliased, inherited.
 */
@NullMarked
package io.plimsoll.processor.model;

import org.jspecify.annotations.NullMarked;
