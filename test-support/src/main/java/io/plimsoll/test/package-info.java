/**
 * A real PostgreSQL, MariaDB and Redis for any test, with or without Docker: {@link io.plimsoll.test.PostgresServer},
 * {@link io.plimsoll.test.MariaDbServer}, {@link io.plimsoll.test.RedisServer}, and for Spring Boot tests
 * {@link io.plimsoll.test.RealServers} or {@link io.plimsoll.test.RealMariaDb}.
 */
@NullMarked
package io.plimsoll.test;

import org.jspecify.annotations.NullMarked;
