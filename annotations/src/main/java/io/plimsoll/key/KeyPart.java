package io.plimsoll.key;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States that a key which leaves this out mixes up what belongs to different tenants, locales, users.
 *
 * <p>On a type it speaks of every parameter of that type, of a subtype, and of an {@code Optional}, a collection or an
 * array of it; on a parameter of that one; on an annotation of your own, such as {@code @CurrentTenant}, of all that
 * carry it. Where a method has such a parameter and a key, and neither the key nor its scope uses the parameter, the rule
 * {@code MissingKeyPart} refuses to compile. It changes nothing at run time: what a key holds is what is written in it.
 */
@Documented
@Target({ElementType.TYPE, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface KeyPart {}
