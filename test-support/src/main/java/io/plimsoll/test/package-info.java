/**
 * A real PostgreSQL and a real Redis for any test, with or without Docker: {@link io.plimsoll.test.PostgresServer},
 * {@link io.plimsoll.test.RedisServer}, and {@link io.plimsoll.test.RealServers} for Spring Boot tests.
 */
@NullMarked
package io.plimsoll.test;

import org.jspecify.annotations.NullMarked;
