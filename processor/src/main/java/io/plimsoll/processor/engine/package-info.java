/** Runs rules and writes companions. It knows no feature: rules and facts come by {@link java.util.ServiceLoader}. */
@NullMarked
package io.plimsoll.processor.engine;

import org.jspecify.annotations.NullMarked;
