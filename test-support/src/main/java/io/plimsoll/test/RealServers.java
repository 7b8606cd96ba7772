package io.plimsoll.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a Spring Boot test a real PostgreSQL and a real Redis: {@link RealPostgres} and {@link RealRedis}. */
@Documented
@Inherited
@RealPostgres
@RealRedis
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RealServers {}
