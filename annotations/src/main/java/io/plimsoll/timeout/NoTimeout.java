package io.plimsoll.timeout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States that a method, a type or a package sets no budget of its own, and why.
 *
 * <p>It satisfies the rule {@code MissingTimeout} and ends the reach of a {@link Timeout} further out (on the type or
 * the package). It does not lift the budget of a caller.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NoTimeout {

    /** Why no budget is right here, for the next reader. Must not be blank. */
    String reason();
}
