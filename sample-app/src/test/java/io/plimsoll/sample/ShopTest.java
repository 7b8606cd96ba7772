package io.plimsoll.sample;

import io.plimsoll.test.RealServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** A test of the running shop over HTTP. Classes with nothing but this share one shop and its database. */
@Inherited
@RealServers
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(Shop.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface ShopTest {}
