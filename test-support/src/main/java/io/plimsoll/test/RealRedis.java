package io.plimsoll.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Points the Redis connection of a Spring Boot test at {@link RedisServer#shared()}, the way
 * {@code @ServiceConnection} does: it wins over {@code spring.data.redis.*}.
 *
 * <p>All contexts of the JVM share one Redis: prefix your keys, or delete them. Needs {@code spring-boot-data-redis}
 * on the class path.
 */
@Documented
@Inherited
@Import(RealRedisConfiguration.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RealRedis {}
