package io.plimsoll.spring.weaving;

import io.plimsoll.companion.Promise;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A promise of the tests: whoever keeps it writes down that a call came by. */
@Promise
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
@Retention(RetentionPolicy.RUNTIME)
@interface Probe {

    String value() default "";
}
