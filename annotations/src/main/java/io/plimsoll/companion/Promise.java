package io.plimsoll.companion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an annotation as a promise that a proxy keeps at run time.
 *
 * <p>This one mark is what makes an annotation part of Plimsoll: the processor writes a companion for every type that
 * carries a promise, refuses promises that a proxy cannot keep (private methods, calls on {@code this}), and the
 * starter refuses to run a promise whose companion is missing. No list of annotations exists anywhere.
 */
@Documented
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Promise {

    /**
     * Whether a promise on a type is one of its methods. False: it says something of the instances, such as that they are
     * events; no proxy stands before them, and none is missed.
     */
    boolean onTypes() default true;
}
