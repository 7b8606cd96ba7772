package io.plimsoll.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Points the {@code DataSource} of a Spring Boot test at {@link MariaDbServer#shared()}, the way
 * {@code @ServiceConnection} does: it wins over {@code spring.datasource.*}.
 *
 * <p>Each application context gets an empty database of its own; test classes that share a cached context share the
 * database. Needs {@code spring-boot-jdbc} on the class path, and what {@link MariaDbServer} needs.
 */
@Documented
@Inherited
@Import(RealMariaDbConfiguration.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RealMariaDb {}
