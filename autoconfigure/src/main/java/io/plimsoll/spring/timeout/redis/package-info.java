/** Redis commands under a budget, through Lettuce. */
@NullMarked
package io.plimsoll.spring.timeout.redis;

import org.jspecify.annotations.NullMarked;
