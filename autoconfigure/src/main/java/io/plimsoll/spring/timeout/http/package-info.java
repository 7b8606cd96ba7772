/**
 * Blocking HTTP clients under a budget: {@code RestClient}, {@code RestTemplate} and HTTP interfaces, as Spring Boot
 * builds them.
 *
 * <p>{@link io.plimsoll.spring.timeout.http.BudgetRequestFactory} stands around the request factory that Boot builds.
 * An exchange under a budget is an {@link io.plimsoll.spring.timeout.http.Exchange}: it is on top of the thread's stack
 * while the thread waits for it - for the connection, the headers, each portion of the body - and knows how its client
 * is made to let go.
 */
@NullMarked
package io.plimsoll.spring.timeout.http;

import org.jspecify.annotations.NullMarked;
