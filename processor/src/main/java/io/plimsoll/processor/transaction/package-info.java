/** What does not belong into a database transaction. */
@NullMarked
package io.plimsoll.processor.transaction;

import org.jspecify.annotations.NullMarked;
