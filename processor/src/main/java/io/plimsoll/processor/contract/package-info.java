/** What an event looks like as JSON, written down so that a build can compare it with what it was. */
@NullMarked
package io.plimsoll.processor.contract;

import org.jspecify.annotations.NullMarked;
