@NullMarked
package io.plimsoll.sample;

import org.jspecify.annotations.NullMarked;
