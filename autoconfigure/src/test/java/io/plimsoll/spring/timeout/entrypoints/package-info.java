/** A package whose entry points are under a budget. */
@Timeout("5s")
package io.plimsoll.spring.timeout.entrypoints;

import io.plimsoll.timeout.Timeout;
