package io.plimsoll.companion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code String} attribute of an annotation as a key expression: SpEL syntax over the parameters of the
 * annotated method, checked and compiled to Java by the processor. Nothing is parsed at run time.
 *
 * <p>An empty string is accepted where the attribute's own default is empty: there it means "not set".
 *
 * @see CompiledExpression
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface KeyExpression {

    /** What the annotated method returned, after its parameters. */
    String RESULT = "result";

    /** An event that the method published, after its result; on a type the event itself. */
    String EVENT = "event";

    /** What an expression may use beside the parameters of the method. */
    String[] variables() default {};

    /** Whether the value must be of a type whose equality is stable across processes, as that of a key must. */
    boolean stable() default true;
}
