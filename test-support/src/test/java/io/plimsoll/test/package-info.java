@NullMarked
package io.plimsoll.test;

import org.jspecify.annotations.NullMarked;
