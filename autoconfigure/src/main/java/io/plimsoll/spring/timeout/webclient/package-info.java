/** {@code WebClient} under a budget. */
@NullMarked
package io.plimsoll.spring.timeout.webclient;

import org.jspecify.annotations.NullMarked;
