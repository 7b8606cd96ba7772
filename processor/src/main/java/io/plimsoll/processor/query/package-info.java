/** The rules over calls that go to a database more often, or bring back more, than they need. */
@NullMarked
package io.plimsoll.processor.query;

import org.jspecify.annotations.NullMarked;
