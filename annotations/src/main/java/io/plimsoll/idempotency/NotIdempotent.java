package io.plimsoll.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States that a repeated call of a method may have a repeated effect, or none in any case, and why that is right. It
 * satisfies the rule {@code MissingIdempotency}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NotIdempotent {

    /** Why a second call does no harm, for the next reader. Must not be blank. */
    String reason();
}
