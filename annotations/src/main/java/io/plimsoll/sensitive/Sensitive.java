package io.plimsoll.sensitive;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a value that must not be seen by whoever reads a log: a card number, a health record, a session token.
 *
 * <p>The compiler refuses code that hands it to a logger (rule {@code SensitiveInLog}), and Plimsoll itself puts it into
 * no log line, no tag of a metric and no message of an exception. What a method makes of the value, such as a masked
 * form, is not marked any more.
 *
 * <p>On a field it means its getter as well, as long as that returns the field as it is; on a record component its
 * accessor; on a method what it returns; on a type every object of it. A type whose {@code toString} masks needs no
 * mark: mark the field in it. An annotation of your own may carry it.
 */
@Documented
@Target({
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.LOCAL_VARIABLE,
    ElementType.METHOD,
    ElementType.RECORD_COMPONENT,
    ElementType.TYPE,
    ElementType.ANNOTATION_TYPE
})
@Retention(RetentionPolicy.RUNTIME)
public @interface Sensitive {}
