package io.plimsoll.companion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code String} attribute of an annotation as a duration, to be checked by the rule {@code InvalidDuration}.
 *
 * <p>An empty string is accepted where the attribute's own default is empty: there it means "not set".
 *
 * @see DurationParser
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DurationString {

    /** Whether zero makes sense here: it does for a wait, it does not for a budget, a ttl or a lease. */
    boolean zeroAllowed() default false;
}
