/**
 * What the JDBC stores of the features share: which database it is, whose transactions they join, their tables.
 *
 * <p>The public types of this package are for Plimsoll's own features, not for applications.
 */
@NullMarked
package io.plimsoll.spring.jdbc;

import org.jspecify.annotations.NullMarked;
