/**
 * How promises get onto beans: three shells around a bean's own advisors, one order, plans resolved once.
 *
 * <p>The engines in here never change when a feature comes: a feature contributes a {@link
 * io.plimsoll.spring.weaving.StageProvider} per {@link io.plimsoll.spring.weaving.Layer}. The public types of this
 * package are for Plimsoll's own features, not for applications.
 */
@NullMarked
package io.plimsoll.spring.weaving;

import org.jspecify.annotations.NullMarked;
