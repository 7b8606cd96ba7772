package io.plimsoll.idempotency;

import io.plimsoll.companion.DurationString;
import io.plimsoll.companion.KeyExpression;
import io.plimsoll.companion.Promise;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises one effect and one answer per key, across retries, races, instances and crashes.
 *
 * <p>The first call with a key runs, in a transaction; what it returned is recorded in that same transaction. Every
 * later call with the key gets the recorded answer and runs nothing. If the transaction rolls back nothing is recorded,
 * and the next call runs. The promise covers what the method does in the database of the store; a payment or an e-mail
 * is outside of it.
 *
 * <p>A key belongs to the application, the method (for a request handler: the route) and the {@linkplain #scope()
 * scope}; for a request handler also to the authenticated user. Keys are stored hashed.
 *
 * <p>Errors, all of them {@link IdempotencyException}s and over HTTP problem details with a {@code code}: no key ({@link
 * KeyMissingException}), a key that is already used for another payload ({@link KeyReusedException}), a call with the
 * same key that is still running ({@link CallInFlightException}), an outcome that cannot be found out ({@link
 * OutcomeUnknownException}), a database that does not answer ({@link StoreUnavailableException}).
 *
 * @see NotIdempotent
 */
@Promise
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

    /**
     * What makes two calls the same call, such as {@code "#order.id"} or {@code "{#tenant, #number}"}. Empty: the
     * {@code Idempotency-Key} header of the request, for request handlers only.
     */
    @KeyExpression
    String key() default "";

    /** How long the answer is kept and replayed; longer than any client may retry. */
    @DurationString
    String ttl() default "24h";

    /** What keeps equal keys apart, such as {@code "#tenant"}. A request handler adds user and route by itself. */
    @KeyExpression
    String scope() default "";

    /**
     * What must not change under one key. Empty: for a request handler with a body the method, the path, the query and
     * the body as it was sent, JSON compared by content; elsewhere all arguments.
     */
    @KeyExpression
    String fingerprint() default "";

    /** How the promise is kept. */
    Mode mode() default Mode.AUTO;

    /** What to do while another call with the same key is still running. */
    OnDuplicate onDuplicate() default OnDuplicate.REJECT;

    /** How long {@link OnDuplicate#WAIT} waits at most; zero does not wait. */
    @DurationString(zeroAllowed = true)
    String maxWait() default "5s";
}
