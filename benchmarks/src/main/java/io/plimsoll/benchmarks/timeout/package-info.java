/**
 * What {@code @Timeout} costs: a call and a nested one beside the peers, a watched statement, a hundred thousand calls
 * on virtual threads.
 *
 * <p>Everything that is compared is called through one Spring proxy with one interceptor
 * ({@link io.plimsoll.benchmarks.timeout.Proxies}), as a Spring application calls it.
 */
@NullMarked
package io.plimsoll.benchmarks.timeout;

import org.jspecify.annotations.NullMarked;
