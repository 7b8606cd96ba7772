@NullMarked
package io.plimsoll.test.build;

import org.jspecify.annotations.NullMarked;
